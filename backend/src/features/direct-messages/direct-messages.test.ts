import { routes } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
let bob: Account;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());

const open = (from: Account, to: Account) =>
  api.send(routes.openDirectMessage, { token: from.token, body: { userIds: [to.id] } });

describe("a direct message", () => {
  it("is one conversation, whoever opens it, however often, however many at once", async () => {
    const answers = await Promise.all([open(ada, bob), open(bob, ada), open(ada, bob), open(bob, ada)]);
    const ids = answers.map(({ body }) => (body as { channel: { id: string } }).channel.id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  });

  it("shows who is in it and what was said, to those two alone", async () => {
    await api.call(routes.postDirectMessage, {
      token: ada.token,
      params: { userId: bob.id },
      body: { content: "psst" },
    });
    const { channels } = await api.call(routes.listConversations, { token: bob.token });
    expect(channels).toMatchObject([{ name: null, type: "dm", lastMessage: { excerpt: "psst" } }]);
    expect(channels[0]?.participants?.map(({ id }) => id).sort()).toEqual([ada.id, bob.id].sort());
    const { messages } = await api.call(routes.listDirectMessages, { token: bob.token, params: { userId: ada.id } });
    expect(messages.map(({ content }) => content)).toEqual(["psst"]);
    const eve = await api.signUp("Eve");
    const params = { id: channels[0]?.id ?? "" };
    expect((await api.send(routes.listMessages, { token: eve.token, params })).status).toBe(404);
  });

  it("can neither be left nor joined by a third", async () => {
    const { channel } = (await open(ada, bob)).body as { channel: { id: string } };
    const params = { id: channel.id };
    expect((await api.send(routes.leaveChannel, { token: ada.token, params })).status).toBe(403);
    const eve = await api.signUp("Eve");
    const body = { userId: eve.id };
    expect((await api.send(routes.addMember, { token: ada.token, params, body })).status).toBe(403);
  });

  it("can be a note to oneself; reading does not create one", async () => {
    const carol = await api.signUp("Carol");
    const params = { userId: carol.id };
    const empty = await api.call(routes.listDirectMessages, { token: carol.token, params });
    expect(empty.messages).toEqual([]);
    expect((await api.call(routes.listConversations, { token: carol.token })).channels).toEqual([]);
    await api.call(routes.postDirectMessage, { token: carol.token, params, body: { content: "buy milk" } });
    expect((await api.call(routes.listConversations, { token: carol.token })).channels[0]?.memberCount).toBe(1);
  });
});
