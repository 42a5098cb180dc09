import { routes, userTopic } from "@connectbest/contract";
import { useRealtime } from "../../realtime/publish";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { listeningWorker, settleListeners } from "./listening";
import { ListeningJobModel } from "./listening-jobs.model";
import { ChannelModel } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import type { Changed } from "../messages/channel-feed";
import { MessageModel } from "../messages/messages.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";

let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());
beforeEach(async () => {
  channelId = (await api.createChannel(ada, [bob], "private")).id;
});

const removeBob = () => api.call(routes.removeMember, { token: ada.token, params: { id: channelId, userId: bob.id } });

/** As if the time until what failed is tried again were over. */
async function tryAgain(): Promise<void> {
  await ListeningJobModel.updateMany({}, { $set: { dueAt: new Date(0) } });
  await listeningWorker(createLogger("silent")).run();
}

/** What the feed would hand over. */
async function changedSince(since: number): Promise<Changed> {
  const channel = await ChannelModel.findById(channelId).lean();
  if (!channel) throw new Error("no channel");
  return { channel, since, messages: await MessageModel.find({ channelId, rev: { $gt: since } }).lean() };
}

describe("whoever is taken out of a channel", () => {
  it("changes nothing in it by calls that were under way", async () => {
    const roots = await Promise.all(Array.from({ length: 8 }, (_, n) => api.post(ada, channelId, `root ${n}`)));
    const own = await Promise.all(Array.from({ length: 4 }, (_, n) => api.post(bob, channelId, `own ${n}`)));
    const emoji = "%F0%9F%91%8D";
    const removal = removeBob();
    const calls = [
      ...roots.map(({ id }) => api.send(routes.followThread, { token: bob.token, params: { id } })),
      ...roots.map(({ id }) => api.send(routes.addReaction, { token: bob.token, params: { id, emoji } })),
      ...own.map(({ id }) =>
        api.send(routes.editMessage, { token: bob.token, params: { id }, body: { content: "!" } }),
      ),
      ...own.map(({ id }) => api.send(routes.deleteMessage, { token: bob.token, params: { id } })),
    ];
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    await removal;
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    // Whatever of it came first is gone with the membership; what came after was refused.
    expect(await ThreadFollowModel.countDocuments({ userId: bob.id, channelId })).toBe(0);
    const { rev } = (await MessageModel.findOne({ channelId, "note.kind": "removed" }).lean()) ?? { rev: 0 };
    expect(await MessageModel.countDocuments({ channelId, rev: { $gt: rev } })).toBe(0);
    const { threads } = await api.call(routes.listThreads, { token: bob.token });
    expect(threads).toEqual([]);
  });

  it("is refused where the removal commits between the asking and the doing", async () => {
    const root = await api.post(ada, channelId, "root");
    for (const attempt of [
      () => api.send(routes.followThread, { token: bob.token, params: { id: root.id } }),
      () => api.send(routes.addReaction, { token: bob.token, params: { id: root.id, emoji: "%F0%9F%91%8D" } }),
    ]) {
      // Asked outside the transaction Bob is still a member; in it he is none any more.
      const exists = jest.spyOn(MemberModel, "exists").mockReturnValueOnce({ session: async () => null } as never);
      expect((await attempt()).status).toBe(404);
      exists.mockRestore();
    }
    expect(await ThreadFollowModel.countDocuments({ userId: bob.id, channelId })).toBe(0);
  });

  it("conflicts with a thread's change in another process: both write the channel", async () => {
    const root = await api.post(ada, channelId, "root");
    const marksOf = async () => (await ChannelModel.findById(channelId).lean())?.marks ?? 0;
    const before = await marksOf();
    await api.call(routes.followThread, { token: bob.token, params: { id: root.id } });
    expect(await marksOf()).toBeGreaterThan(before);
  });

  it("stops hearing it even when the table does not answer at first", async () => {
    const unsubscribe = jest
      .spyOn(api.realtime, "unsubscribe")
      .mockRejectedValueOnce(new Error("throttled"))
      .mockRejectedValueOnce(new Error("throttled"));
    await removeBob();
    expect(unsubscribe).toHaveBeenCalledTimes(3);
    expect(api.realtime.unsubscriptions).toContainEqual({ userId: bob.id, channelId });
    unsubscribe.mockRestore();
  });

  it("stops hearing it even when the process died that took them out", async () => {
    useRealtime({ ...api.realtime, unsubscribe: async () => undefined } as never, createLogger("silent"));
    const channel = await ChannelModel.findById(channelId).lean();
    await removeBob();
    useRealtime(api.realtime, createLogger("silent"));
    api.realtime.unsubscriptions.length = 0;
    const messages = await MessageModel.find({ channelId }).lean();
    if (!channel) throw new Error("no channel");
    await settleListeners({ channel, since: 0, messages });
    expect(api.realtime.unsubscriptions).toEqual([{ userId: bob.id, channelId }]);
    // Who has come back since goes on listening.
    await api.call(routes.addMember, { token: ada.token, params: { id: channelId }, body: { userId: bob.id } });
    api.realtime.unsubscriptions.length = 0;
    await settleListeners({ channel, since: 0, messages });
    expect(api.realtime.unsubscriptions).toEqual([]);
  });

  it("stops hearing it once the table is back that was away for longer", async () => {
    const unsubscribe = jest.spyOn(api.realtime, "unsubscribe").mockRejectedValue(new Error("away"));
    await removeBob();
    await settleListeners(await changedSince(0));
    await tryAgain();
    unsubscribe.mockRestore();
    expect(await ListeningJobModel.countDocuments({ userId: bob.id, dueAt: { $gt: new Date() } })).toBe(1);
    await tryAgain();
    expect(api.realtime.unsubscriptions).toContainEqual({ userId: bob.id, channelId });
    expect(await ListeningJobModel.countDocuments({ userId: bob.id })).toBe(0);
  });

  it("hears it when they are back while the feed lets go of them", async () => {
    await removeBob();
    const changed = await changedSince(0);
    const unsubscribe = jest.spyOn(api.realtime, "unsubscribe").mockImplementation(async () => {
      unsubscribe.mockRestore();
      await api.call(routes.addMember, { token: ada.token, params: { id: channelId }, body: { userId: bob.id } });
      api.realtime.subscriptions.length = 0;
    });
    await settleListeners(changed);
    expect(api.realtime.subscriptions).toEqual([{ userIds: [bob.id], channelId }]);
  });

  it("is not told of as gone once they are back", async () => {
    const unsubscribe = jest.spyOn(api.realtime, "unsubscribe").mockImplementation(async () => {
      unsubscribe.mockRestore();
      await api.call(routes.addMember, { token: ada.token, params: { id: channelId }, body: { userId: bob.id } });
    });
    await removeBob();
    expect(api.realtime.subscriptions.at(-1)).toEqual({ userIds: [bob.id], channelId });
    const types = api.realtime.to(channelId).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("member.")).at(-1)).toBe("member.joined");
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({ type: "channel.updated" });
  });

  it("hears it once the table is back that was away as they came", async () => {
    await removeBob();
    const { rev } = (await ChannelModel.findById(channelId).lean()) ?? { rev: 0 };
    const subscribe = jest.spyOn(api.realtime, "subscribe").mockRejectedValue(new Error("away"));
    await api.call(routes.addMember, { token: ada.token, params: { id: channelId }, body: { userId: bob.id } });
    await settleListeners(await changedSince(rev));
    subscribe.mockRestore();
    await tryAgain();
    expect(api.realtime.subscriptions.at(-1)).toEqual({ userIds: [bob.id], channelId });
  });

  it("can still tidy what they had kept", async () => {
    const message = await api.post(ada, channelId, "worth keeping");
    await api.call(routes.addBookmark, { token: bob.token, params: { id: message.id } });
    await removeBob();
    const remove = () => api.send(routes.removeBookmark, { token: bob.token, params: { id: message.id } });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });
});
