import { routes, userTopic } from "@connectbest/contract";
import mongoose, { Types } from "mongoose";
import { createLogger } from "../../http/request-log";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { uploadFile } from "../../testing/upload";
import { unattachedFor } from "../files/attach";
import { FileModel } from "../files/files.model";
import { ScheduledMessageModel } from "./scheduled-messages.model";
import { scheduledWorker } from "./send-scheduled";

let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  await api.signUp("Owner");
});
afterAll(() => api.close());
beforeEach(async () => {
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  channelId = (await api.createChannel(ada, [bob])).id;
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const worker = () => scheduledWorker(testConfig, createLogger("silent"));
const contents = async () =>
  (await api.call(routes.listMessages, { token: bob.token, params: { id: channelId } })).messages.map(
    ({ content }) => content,
  );

describe("drafts", () => {
  const save = (who: Account, content: string, parentMessageId?: string) =>
    api.call(routes.saveDraft, { token: who.token, params: { channelId }, body: { content, parentMessageId } });
  const draftsOf = async (who: Account) =>
    (await api.call(routes.listDrafts, { token: who.token })).drafts.map(({ content }) => content);

  it("are on all one's devices and nobody else's, one a channel and one a thread", async () => {
    const root = await api.post(ada, channelId, "root");
    await save(bob, "dear");
    await save(bob, "dear all");
    await save(bob, "in the thread", root.id);
    expect(await draftsOf(bob)).toEqual(["in the thread", "dear all"]);
    expect(await draftsOf(ada)).toEqual([]);
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({
      type: "draft.updated",
      draft: { content: "in the thread", parentMessageId: root.id, version: 1 },
    });
    const { draft } = await api.call(routes.getDraft, { token: bob.token, params: { channelId } });
    expect(draft).toMatchObject({ content: "dear all", version: 2 });
    await api.call(routes.removeDraft, { token: bob.token, params: { channelId } });
    expect(await draftsOf(bob)).toEqual(["in the thread"]);
    expect((await api.call(routes.sync, { token: bob.token, body: { channels: {} } })).drafts).toHaveLength(1);
  });

  it("hold more than a message may, and are lost by nobody who types on two devices at once", async () => {
    const long = "x".repeat(20_000);
    await Promise.all(Array.from({ length: 8 }, () => save(bob, long)));
    expect((await api.call(routes.getDraft, { token: bob.token, params: { channelId } })).draft).toMatchObject({
      content: long,
      version: 8,
    });
  });

  it("go out of sight with the channel", async () => {
    await save(bob, "never sent");
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: channelId } });
    expect(await draftsOf(bob)).toEqual([]);
    const response = await api.send(routes.getDraft, { token: bob.token, params: { channelId } });
    expect(response.status).toBe(404);
  });
});

describe("scheduled messages", () => {
  const schedule = async (who: Account, content: string, sendAt = inMinutes(5)) =>
    (await api.call(routes.scheduleMessage, { token: who.token, body: { channelId, content, sendAt } }))
      .scheduledMessage;
  const makeDue = () => ScheduledMessageModel.updateMany({}, { $set: { dueAt: new Date(Date.now() - 1) } });
  const waiting = async (who: Account) =>
    (await api.call(routes.listScheduledMessages, { token: who.token })).scheduledMessages;

  it("leave when their time has come, once, however many processes look", async () => {
    await api.post(bob, channelId, "unread by Ada");
    await schedule(ada, "in five minutes");
    await worker().run();
    expect(await contents()).toEqual(["unread by Ada"]);
    await makeDue();
    await Promise.all([worker(), worker(), worker(), worker()].map((one) => one.run()));
    expect(await contents()).toEqual(["unread by Ada", "in five minutes"]);
    expect(await waiting(ada)).toEqual([]);
    // Its author was not there: they have read nothing, and what is their own is not unread to them.
    expect((await api.channelOf(ada, channelId)).membership?.unreadCount).toBe(1);
    expect((await api.channelOf(bob, channelId)).membership?.unreadCount).toBe(1);
    expect(api.realtime.to(userTopic(ada.id)).at(-1)).toMatchObject({ type: "scheduled.removed" });
  });

  it("are sent once also when a process died right after sending, even if changed since", async () => {
    const { id } = await schedule(ada, "once");
    await makeDue();
    const scheduled = await ScheduledMessageModel.findById(id).lean();
    await worker().run();
    await ScheduledMessageModel.create([{ ...scheduled, content: "twice?" }]);
    await makeDue();
    await worker().run();
    expect(await contents()).toEqual(["once"]);
    expect(await waiting(ada)).toEqual([]);
  });

  it("are listed, changed, sent now and cancelled by their author alone", async () => {
    const one = await schedule(ada, "one");
    const two = await schedule(ada, "two", inMinutes(3));
    expect((await waiting(ada)).map(({ content }) => content)).toEqual(["two", "one"]);
    expect(await waiting(bob)).toEqual([]);
    const change = (who: Account, body: object) =>
      api.send(routes.changeScheduledMessage, { token: who.token, params: { id: one.id }, body });
    expect((await change(bob, { content: "stolen" })).status).toBe(404);
    expect((await change(ada, { content: "one!", sendAt: inMinutes(1) })).status).toBe(200);
    expect((await change(ada, { sendAt: inMinutes(-1) })).status).toBe(400);
    expect((await change(ada, { sendAt: inMinutes(121 * 24 * 60) })).status).toBe(400);
    const sent = await api.call(routes.sendScheduledMessage, { token: ada.token, params: { id: one.id } });
    expect(sent.message.content).toBe("one!");
    const cancel = () => api.send(routes.cancelScheduledMessage, { token: ada.token, params: { id: two.id } });
    expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 204]);
    expect(await waiting(ada)).toEqual([]);
    expect(await contents()).toEqual(["one!"]);
  });

  it("keep their time when sending them now is refused, and when they are changed", async () => {
    const next = inMinutes(7 * 24 * 60);
    const { id } = await schedule(ada, "next week", next);
    const slow = api.with({ MESSAGES_PER_MINUTE: 1 });
    await slow.send(routes.postMessage, { token: ada.token, params: { id: channelId }, body: { content: "just one" } });
    const as = { token: ada.token, params: { id } };
    expect((await slow.send(routes.sendScheduledMessage, as)).status).toBe(429);
    const dueAt = async () => (await ScheduledMessageModel.findById(id).lean())?.dueAt.toISOString();
    expect(await dueAt()).toBe(next);
    // As a process leaves it that died while it sent.
    const over = { dueAt: new Date(Date.now() - 1), leasedUntil: new Date(Date.now() - 1) };
    await ScheduledMessageModel.updateOne({ _id: id }, { $set: over });
    await api.call(routes.changeScheduledMessage, { ...as, body: { content: "still next week" } });
    expect(await dueAt()).toBe(next);
    await worker().run();
    expect(await contents()).toEqual(["just one"]);
  });

  it("keep their files no longer than others once they are cancelled, unless another needs them", async () => {
    const file = await uploadFile(api, ada, { bytes: Buffer.from("for later") });
    const attach = async (days: number) => {
      const body = { channelId, content: "", sendAt: inMinutes(days * 24 * 60), fileIds: [file.id] };
      return (await api.call(routes.scheduleMessage, { token: ada.token, body })).scheduledMessage.id;
    };
    const daysKept = async () =>
      Math.round(((await FileModel.findById(file.id).lean())?.removeAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    const [late, soon] = [await attach(100), await attach(10)];
    expect(await daysKept()).toBeCloseTo(101, 1);
    const cancel = (id: string) => api.call(routes.cancelScheduledMessage, { token: ada.token, params: { id } });
    await cancel(late);
    expect(await daysKept()).toBeCloseTo(11, 1);
    await cancel(soon);
    expect(await daysKept()).toBeCloseTo(1, 1);
  });

  it("do not keep an account from being deleted, however many of them hold files", async () => {
    const person = await api.signUp();
    const channel = await api.createChannel(person);
    const { id } = await uploadFile(api, person, { bytes: Buffer.from("some notes") });
    const body = { channelId: channel.id, content: "later", fileIds: [id], sendAt: inMinutes(60) };
    await api.call(routes.scheduleMessage, { token: person.token, body });
    const one = await ScheduledMessageModel.findOne({ userId: person.id }).lean();
    if (!one) throw new Error("nothing is scheduled");
    const attachments = Array.from({ length: 10 }, () => one.attachments[0]);
    await ScheduledMessageModel.collection.insertMany(
      Array.from({ length: 199 }, () => ({ ...one, attachments, _id: new Types.ObjectId() }) as never),
    );
    let asked = 0;
    mongoose.set("debug", () => void asked++);
    await api.call(routes.deleteMe, { token: person.token, body: { password: person.password } });
    mongoose.set("debug", false);
    // All of it is one transaction, which must not take long.
    expect(asked).toBeLessThan(100);
    const { removeAt } = (await FileModel.findById(id).lean()) ?? {};
    expect(Math.abs((removeAt?.getTime() ?? 0) - Date.now() - unattachedFor)).toBeLessThan(60_000);
  });

  it("that cannot leave say why, and wait for their author to mend it", async () => {
    await schedule(bob, "too late");
    await api.call(routes.archiveChannel, { token: ada.token, params: { id: channelId } });
    await makeDue();
    await worker().run();
    const [failed] = await waiting(bob);
    expect(failed).toMatchObject({
      status: "failed",
      failure: "This channel is archived: it can be read, and nothing more is said in it.",
    });
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({ type: "scheduled.updated" });
    await worker().run();
    await api.call(routes.restoreChannel, { token: ada.token, params: { id: channelId } });
    const body = { sendAt: inMinutes(1) };
    await api.call(routes.changeScheduledMessage, { token: bob.token, params: { id: failed?.id ?? "" }, body });
    await makeDue();
    await worker().run();
    expect((await contents()).at(-1)).toBe("too late");
  });

  it("of somebody who has left, or was suspended, do not leave", async () => {
    await schedule(bob, "from outside");
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: channelId } });
    await makeDue();
    await worker().run();
    expect((await waiting(bob))[0]).toMatchObject({ status: "failed" });
  });

  it("are not changed while they leave", async () => {
    const { id } = await schedule(ada, "leaving");
    await ScheduledMessageModel.updateOne({ _id: id }, { $set: { leasedUntil: new Date(Date.now() + 60_000) } });
    const as = { token: ada.token, params: { id } };
    const changed = await api.send(routes.changeScheduledMessage, { ...as, body: { content: "no" } });
    const cancelled = await api.send(routes.cancelScheduledMessage, as);
    const sent = await api.send(routes.sendScheduledMessage, as);
    expect([changed.status, cancelled.status, sent.status]).toEqual([409, 409, 409]);
  });
});
