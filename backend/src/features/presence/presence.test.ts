import { routes } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { refreshNow, refreshSoon, settleTime, statusOf } from "./presence.service";

it.each([
  [undefined, "online", "offline"],
  [undefined, "busy", "offline"],
  [{ isIdle: false }, "online", "online"],
  [{ isIdle: true }, "online", "away"],
  [{ isIdle: false }, "away", "away"],
  [{ isIdle: true }, "busy", "busy"],
  [{ isIdle: false }, "inmeeting", "inmeeting"],
  [{ isIdle: false }, "offline", "offline"],
] as const)("with devices %j and the chosen status %s one is %s", (live, chosen, expected) => {
  expect(statusOf(live, chosen)).toBe(expected);
});

describe("presence", () => {
  let api: TestApi;
  let ada: Account;
  let bob: Account;
  beforeAll(async () => {
    api = await startTestApi();
    [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  });
  afterAll(() => api.close());
  beforeEach(() => api.realtime.live.clear());

  const here = async () => (await api.call(routes.listPresence, { token: ada.token })).presence;
  const told = () => api.realtime.to("workspace").filter((event) => event.type === "presence");

  it("lists who is here, by their devices and what they chose", async () => {
    api.realtime.live.set(ada.id, false);
    api.realtime.live.set(bob.id, true);
    expect(await here()).toEqual([
      { userId: ada.id, status: "online", statusMessage: null },
      { userId: bob.id, status: "away", statusMessage: null },
    ]);
    const body = { status: "inmeeting" as const, statusMessage: "until four" };
    await api.call(routes.setStatus, { token: bob.token, body });
    expect((await here())[1]).toEqual({ userId: bob.id, ...body });
    expect(told().at(-1)).toEqual({ type: "presence", userId: bob.id, ...body });
    await api.call(routes.setStatus, { token: bob.token, body: { status: "offline" } });
    expect(await here()).toHaveLength(1);
    await api.call(routes.setStatus, { token: bob.token, body: { status: "online" } });
  });

  it("is told later where it could not be found out at first", async () => {
    api.realtime.live.set(ada.id, false);
    jest.spyOn(api.realtime, "noteTold").mockRejectedValueOnce(new Error("away"));
    await refreshNow(ada.id);
    await new Promise((resolve) => setTimeout(resolve, settleTime + 200));
    expect(told().at(-1)).toMatchObject({ userId: ada.id, status: "online" });
  });

  it("tells only what is news, and nothing of who comes straight back", async () => {
    api.realtime.live.set(bob.id, false);
    await refreshNow(bob.id);
    const before = told().length;
    await refreshNow(bob.id);
    expect(told()).toHaveLength(before);
    api.realtime.live.delete(bob.id);
    refreshSoon(bob.id);
    api.realtime.live.set(bob.id, false);
    await new Promise((resolve) => setTimeout(resolve, settleTime + 200));
    expect(told()).toHaveLength(before);
  });

  it("typing is told to the channel and stored nowhere", async () => {
    const { id } = await api.createChannel(ada, [bob]);
    const params = { id };
    await api.call(routes.setTyping, { token: bob.token, params, body: { isTyping: true } });
    expect(api.realtime.to(id).at(-1)).toEqual({
      type: "typing",
      channelId: id,
      userId: bob.id,
      userName: "Bob",
      isTyping: true,
    });
    const stranger = await api.signUp("Stranger");
    const response = await api.send(routes.setTyping, { token: stranger.token, params, body: { isTyping: true } });
    expect(response.status).toBe(404);
  });
});
