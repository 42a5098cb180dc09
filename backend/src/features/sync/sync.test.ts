import { routes } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { changeLimit } from "./sync.service";

let api: TestApi;
let ada: Account;
let bob: Account;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());

const sync = (account: Account, channels: Record<string, number>) =>
  api.call(routes.sync, { token: account.token, body: { channels } });

describe("sync", () => {
  it("brings what changed since, in order, and the unread count with it", async () => {
    const channel = await api.createChannel(ada, [bob]);
    for (let i = 0; i < 4; i++) await api.post(ada, channel.id, `m${i}`);
    const { channels } = await sync(bob, { [channel.id]: 1 });
    expect(channels).toMatchObject([{ id: channel.id, rev: 4, limited: false, membership: { unreadCount: 4 } }]);
    expect(channels[0]?.messages.map(({ content }) => content)).toEqual(["m1", "m2", "m3"]);
    expect((await sync(bob, { [channel.id]: 4 })).channels).toMatchObject([{ rev: 4, messages: [] }]);
  });

  it("says which channels came and went", async () => {
    const [kept, left] = [await api.createChannel(ada, [bob]), await api.createChannel(ada, [bob])];
    const hidden = await api.createChannel(ada, [], "private");
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: left.id } });
    const answer = await sync(bob, { [left.id]: 0, [hidden.id]: 0 });
    expect(answer.removed.sort()).toEqual([left.id, hidden.id].sort());
    expect(answer.added.map(({ id }) => id)).toContain(kept.id);
    expect(answer.channels).toEqual([]);
  });

  it("asks for a fresh page when too much changed", async () => {
    const channel = await api.createChannel(ada);
    for (let batch = 0; batch < 6; batch++)
      await Promise.all(Array.from({ length: 100 }, (_, i) => api.post(ada, channel.id, `${batch}/${i}`)));
    const [far] = (await sync(ada, { [channel.id]: 0 })).channels;
    expect(far).toMatchObject({ limited: true, messages: [], rev: 600 });
    const [near] = (await sync(ada, { [channel.id]: 600 - changeLimit })).channels;
    expect(near?.limited).toBe(false);
    expect(near?.messages).toHaveLength(changeLimit);
  });

  it("lists no more in one answer than it may, and says where to load afresh", async () => {
    const channels = [];
    for (let i = 0; i < 4; i++) {
      const channel = await api.createChannel(ada);
      for (let batch = 0; batch < 4; batch++)
        await Promise.all(Array.from({ length: 100 }, (_, n) => api.post(ada, channel.id, `${batch}/${n}`)));
      channels.push(channel);
    }
    const five = await api.createChannel(ada);
    await api.post(ada, five.id, "one");
    const answer = await sync(ada, Object.fromEntries([...channels, five].map(({ id }) => [id, 0])));
    expect(answer.channels.map(({ limited, messages }) => [limited, messages.length])).toEqual([
      ...Array.from({ length: 4 }, () => [false, 400]),
      [true, 0],
    ]);
  }, 60_000);

  it("refuses what is not a revision", async () => {
    const body = { channels: { [ada.id]: -1 } };
    expect((await api.send(routes.sync, { token: ada.token, body })).status).toBe(400);
  });
});
