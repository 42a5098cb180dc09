import { routes } from "@connectbest/contract";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { ReminderModel, type ReminderDocument } from "../later/reminders.model";
import { reminderWorker } from "../later/reminders.service";
import { remind } from "./remind";

let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  channelId = (await api.createChannel(ada, [bob])).id;
});
afterAll(() => api.close());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

describe("reminders", () => {
  it("come as a notification at their time, once", async () => {
    const message = await api.post(ada, channelId, "to do");
    const body = { messageId: message.id, remindAt: inMinutes(30), note: "ask Ada" };
    await api.call(routes.createReminder, { token: bob.token, body });
    const { reminder } = await api.call(routes.createReminder, {
      token: bob.token,
      body: { ...body, remindAt: inMinutes(60) },
    });
    const list = async () => (await api.call(routes.listReminders, { token: bob.token })).reminders;
    expect(await list()).toEqual([reminder]);
    const reminders = () => reminderWorker(remind, createLogger("silent"));
    await reminders().run();
    expect(await list()).toHaveLength(1);
    await ReminderModel.updateMany({}, { $set: { dueAt: new Date(0) } });
    await Promise.all([reminders().run(), reminders().run()]);
    expect(await list()).toEqual([]);
    const { notifications } = await api.call(routes.listNotifications, { token: bob.token });
    expect(notifications).toEqual([
      expect.objectContaining({ kind: "reminder", detail: "ask Ada", excerpt: "to do", messageId: message.id }),
    ]);
  });

  it("come again when they are moved while they are told", async () => {
    const message = await api.post(ada, channelId, "moved");
    const create = (minutes: number) =>
      api.call(routes.createReminder, {
        token: bob.token,
        body: { messageId: message.id, remindAt: inMinutes(minutes) },
      });
    await create(5);
    const makeDue = () => ReminderModel.updateMany({}, { $set: { dueAt: new Date(0) } });
    await makeDue();
    const moving = async (reminder: ReminderDocument) => {
      await remind(reminder);
      await create(10);
    };
    await reminderWorker(moving, createLogger("silent")).run();
    await makeDue();
    await reminderWorker(remind, createLogger("silent")).run();
    const { notifications } = await api.call(routes.listNotifications, { token: bob.token });
    expect(notifications.filter(({ messageId }) => messageId === message.id)).toHaveLength(2);
    expect((await api.call(routes.listReminders, { token: bob.token })).reminders).toEqual([]);
  });

  it("are not listed once their message is deleted", async () => {
    const message = await api.post(ada, channelId, "gone soon");
    const body = { messageId: message.id, remindAt: inMinutes(5) };
    await api.call(routes.createReminder, { token: bob.token, body });
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: message.id } });
    expect((await api.call(routes.listReminders, { token: bob.token })).reminders).toEqual([]);
    await ReminderModel.deleteMany({});
  });

  it("are cancelled, and not made of what is not there", async () => {
    const message = await api.post(ada, channelId, "to do");
    const create = (messageId: string) =>
      api.send(routes.createReminder, { token: bob.token, body: { messageId, remindAt: inMinutes(5) } });
    const made = (await create(message.id)).body as { reminder: { id: string } };
    const params = { id: made.reminder.id };
    expect((await api.send(routes.cancelReminder, { token: ada.token, params })).status).toBe(204);
    expect((await api.call(routes.listReminders, { token: bob.token })).reminders).toHaveLength(1);
    await api.call(routes.cancelReminder, { token: bob.token, params });
    expect((await api.call(routes.listReminders, { token: bob.token })).reminders).toEqual([]);
    expect((await create("f".repeat(24))).status).toBe(404);
  });
});
