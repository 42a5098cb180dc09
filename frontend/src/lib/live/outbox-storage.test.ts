import type { OutboxEntry } from "@/lib/chat/state";
import { at, channelId } from "@/testing/factories";
import { createOutboxStorage } from "./outbox-storage";

const fakeStorage = () => {
  const items: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => void (items[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(items, key),
  };
  return Object.setPrototypeOf(items, methods) as Storage;
};
const entry = (key: string, minute: number): OutboxEntry => ({
  clientMessageId: key,
  channelId,
  content: key,
  createdAt: at(minute),
  failure: null,
});

test("keeps what was written, in the order of writing, apart for each person", () => {
  const storage = fakeStorage();
  const mine = createOutboxStorage(storage, "me");
  mine.save(entry("later", 2));
  mine.save(entry("first", 1));
  createOutboxStorage(storage, "you").save(entry("yours", 1));
  expect(mine.load().map((one) => one.clientMessageId)).toEqual(["first", "later"]);
  mine.remove("first");
  expect(mine.load()).toHaveLength(1);
});

test("what is damaged is left out", () => {
  const storage = fakeStorage();
  const mine = createOutboxStorage(storage, "me");
  storage.setItem("connectbest:outbox:me:x", "{");
  storage.setItem("connectbest:outbox:me:y", '{"clientMessageId":"y"}');
  expect(mine.load()).toEqual([]);
});

test("a full storage does not stop the message", () => {
  const storage = {
    ...fakeStorage(),
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  } as unknown as Storage;
  expect(() => createOutboxStorage(storage, "me").save(entry("a", 1))).not.toThrow();
});
