import { aFile, anEntry, at, rootId } from "@/testing/factories";
import { fakeStorage } from "@/testing/fake-storage";
import { createOutboxStorage } from "./outbox-storage";

const entry = (key: string, minute: number) => anEntry(key, { createdAt: at(minute) });

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

test("what has only files is kept, what has nothing is not", () => {
  const mine = createOutboxStorage(fakeStorage(), "me");
  mine.save(anEntry("files", { content: "", attachments: [aFile(1)], parentMessageId: rootId }));
  mine.save(anEntry("nothing", { content: "" }));
  expect(mine.load()).toEqual([anEntry("files", { content: "", attachments: [aFile(1)], parentMessageId: rootId })]);
});

test("what a page from before threads and files left is sent as it was meant", () => {
  const storage = fakeStorage();
  const { clientMessageId, channelId, content, createdAt } = anEntry("old");
  storage.setItem("connectbest:outbox:me:old", JSON.stringify({ clientMessageId, channelId, content, createdAt }));
  expect(createOutboxStorage(storage, "me").load()).toEqual([anEntry("old")]);
});
