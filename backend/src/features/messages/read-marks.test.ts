import { routes, userTopic } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
let bob: Account;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());

const markRead = (account: Account, id: string, seq: number) =>
  api.call(routes.markRead, { token: account.token, params: { id }, body: { seq } });
const unread = async (account: Account, id: string) => (await api.channelOf(account, id)).membership?.unreadCount;

describe("unread counts", () => {
  it("count what others wrote since, and nothing of one's own", async () => {
    const channel = await api.createChannel(ada, [bob]);
    for (let i = 0; i < 3; i++) await api.post(ada, channel.id, `m${i}`);
    expect([await unread(ada, channel.id), await unread(bob, channel.id)]).toEqual([0, 3]);
    await api.post(bob, channel.id, "who writes has read");
    expect([await unread(ada, channel.id), await unread(bob, channel.id)]).toEqual([1, 0]);
  });

  it("fall as one reads, never rise by reading back, and tell one's own devices", async () => {
    const channel = await api.createChannel(ada, [bob]);
    for (let i = 0; i < 5; i++) await api.post(ada, channel.id, `m${i}`);
    const { membership } = await markRead(bob, channel.id, 3);
    expect(membership).toMatchObject({ lastReadSeq: 3, unreadCount: 2 });
    expect((await markRead(bob, channel.id, 1)).membership).toMatchObject({ lastReadSeq: 3, unreadCount: 2 });
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({
      type: "membership.updated",
      channelId: channel.id,
      rev: 5,
      membership: { lastReadSeq: 3, unreadCount: 2 },
    });
    expect((await markRead(bob, channel.id, 1_000_000)).membership).toMatchObject({ lastReadSeq: 5, unreadCount: 0 });
    await api.post(ada, channel.id, "one more");
    expect(await unread(bob, channel.id)).toBe(1);
  });
});
