import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { issueServiceToken } from "@connectbest/websocket";
import jwt from "jsonwebtoken";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
const token = issueServiceToken(testConfig.SERVICE_SECRET);
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
});
afterAll(() => api.close());

const ticketOf = async (account: Account) => (await api.call(routes.createTicket, { token: account.token })).ticket;

describe("a ticket", () => {
  it("opens one connection, once, and says what it hears", async () => {
    const channel = await api.createChannel(ada);
    const ticket = await ticketOf(ada);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.send(routes.acceptConnection, { token, body: { ticket } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401]);
    const accepted = answers.find(({ status }) => status === 201)?.body as { channelIds: string[]; userName: string };
    expect(accepted.userName).toBe("Ada");
    expect(accepted.channelIds).toContain(channel.id);
  });

  it("lives a minute and is no bearer; a bearer is no ticket", async () => {
    const ticket = await ticketOf(ada);
    const { exp = 0, iat = 0 } = jwt.decode(ticket) as { exp?: number; iat?: number };
    expect(exp - iat).toBe(60);
    expect((await api.send(routes.me, { token: ticket })).status).toBe(401);
    expect((await api.send(routes.acceptConnection, { token, body: { ticket: ada.token } })).status).toBe(401);
  });

  it("dies with its session", async () => {
    const guest = await api.signUp();
    const ticket = await ticketOf(guest);
    await api.call(routes.logout, { token: guest.token });
    expect((await api.send(routes.acceptConnection, { token, body: { ticket } })).status).toBe(401);
  });
});

describe("the internal routes", () => {
  it("are for our own Lambdas alone", async () => {
    const forged = issueServiceToken("some other secret, also of a good length");
    for (const caller of [undefined, ada.token, forged, testConfig.SERVICE_SECRET])
      for (const route of [routes.acceptConnection, routes.listSubscriptions, routes.acceptMessage])
        expect((await api.send(route, caller ? { token: caller } : {})).status).toBe(401);
  });

  it("persist a message as the person whose live session it is", async () => {
    const channel = await api.createChannel(ada);
    const { sid } = jwt.decode(ada.token) as { sid: string };
    const body = {
      userId: ada.id,
      sessionId: sid,
      channelId: channel.id,
      content: "by socket",
      clientMessageId: randomUUID(),
    };
    const first = await api.call(routes.acceptMessage, { token, body });
    expect(first).toMatchObject({ created: true, message: { userId: ada.id, content: "by socket" } });
    const again = await api.call(routes.acceptMessage, { token, body });
    expect(again).toEqual({ ...first, created: false });
    const other = await api.signUp();
    const foreign = await api.send(routes.acceptMessage, { token, body: { ...body, userId: other.id } });
    expect(foreign.status).toBe(401);
    expect(api.realtime.to(channel.id)).toEqual([]);
  });
});
