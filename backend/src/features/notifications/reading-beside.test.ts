import { routes, userTopic } from "@connectbest/contract";
import { Types } from "mongoose";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { NotificationModel } from "./notifications.model";
import { settleRead } from "./settle";

let api: TestApi;
let ada: Account;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
});
afterAll(() => api.close());

async function listOf(person: Account) {
  await api.settle();
  return api.call(routes.listNotifications, { token: person.token });
}
const feedOf = async (person: Account) =>
  (await listOf(person)).notifications.map(({ kind, count, isRead, excerpt }) => [kind, count, isRead, excerpt]);
/** A conversation in which nothing was said before. */
const openWith = async (me: Account) => {
  const other = await api.signUp("Bob");
  const body = { userIds: [other.id] };
  return [(await api.call(routes.openDirectMessage, { token: me.token, body })).channel, other] as const;
};

describe("a notice beside which somebody reads", () => {
  it("stays unread when it grows while what it stood for is read", async () => {
    const [dm, bob] = await openWith(ada);
    const one = await api.post(ada, dm.id, "one");
    expect(await feedOf(bob)).toEqual([["dm", 1, false, "one"]]);
    const updateMany = jest.spyOn(NotificationModel, "updateMany").mockImplementationOnce((async (
      ...args: Parameters<typeof NotificationModel.updateMany>
    ) => {
      await api.post(ada, dm.id, "two");
      await api.settle();
      return NotificationModel.updateMany(...args);
    }) as never);
    await settleRead({
      userId: new Types.ObjectId(bob.id),
      channelId: new Types.ObjectId(dm.id),
      rootId: null,
      seq: one.seq,
    });
    updateMany.mockRestore();
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "two"]]);
    expect(await NotificationModel.countDocuments({ userId: bob.id, mailAt: { $ne: null } })).toBe(1);
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({ type: "notification", unreadCount: 1 });
  });

  it("is read when what is left of it was read while the rest was deleted", async () => {
    const [dm, bob] = await openWith(ada);
    const [one, two] = [await api.post(ada, dm.id, "one"), await api.post(ada, dm.id, "two")];
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "two"]]);
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: two.id } });
    const updateOne = jest.spyOn(NotificationModel, "updateOne").mockImplementationOnce((async (
      ...args: Parameters<typeof NotificationModel.updateOne>
    ) => {
      const body = { seq: one.seq };
      await api.call(routes.markRead, { token: bob.token, params: { id: dm.id }, body });
      return NotificationModel.updateOne(...args);
    }) as never);
    expect(await feedOf(bob)).toEqual([["dm", 1, true, "one"]]);
    updateOne.mockRestore();
    expect((await listOf(bob)).unreadCount).toBe(0);
  });

  it("stands for what is left of it when a part is read, and grows from there", async () => {
    const [dm, bob] = await openWith(ada);
    const one = await api.post(ada, dm.id, "one");
    await api.post(ada, dm.id, "two");
    await api.post(ada, dm.id, "three");
    expect(await feedOf(bob)).toEqual([["dm", 3, false, "three"]]);
    await api.call(routes.markRead, { token: bob.token, params: { id: dm.id }, body: { seq: one.seq } });
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "three"]]);
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({ type: "notification" });
    await api.post(ada, dm.id, "four");
    expect(await feedOf(bob)).toEqual([["dm", 3, false, "four"]]);
  });
});
