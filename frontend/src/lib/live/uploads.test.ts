import { resolveObjectURL } from "node:buffer";
import type { File as SentFile } from "@connectbest/contract";
import { ApiError } from "@/lib/api/api-error";
import { spotKey } from "@/lib/chat/spot";
import { createChatStore } from "@/lib/chat/store";
import { aFile, aState, spot, threadSpot } from "@/testing/factories";
import { Uploads } from "./uploads";

interface Running {
  name: string;
  isCancelled: boolean;
  progress(share: number): void;
  arrive(): SentFile;
  fail(): void;
}

const setUp = () => {
  const store = createChatStore(aState());
  const running: Running[] = [];
  let keys = 0;
  const uploads = new Uploads({
    store,
    newId: () => `u${++keys}`,
    upload: (file, progress) => {
      const sent = aFile(running.length, { name: file.name });
      let settle: { resolve(sent: SentFile): void; reject(error: unknown): void };
      const done = new Promise<SentFile>((resolve, reject) => (settle = { resolve, reject }));
      const one: Running = {
        name: file.name,
        isCancelled: false,
        progress,
        arrive: () => {
          settle.resolve(sent);
          return sent;
        },
        fail: () => settle.reject(new ApiError("Too big.", 413, "invalid_request")),
      };
      running.push(one);
      return { done, cancel: () => (one.isCancelled = true) };
    },
  });
  const list = (at = spot) => store.get().uploads[spotKey(at)] ?? [];
  const named = (name: string) => list().find((upload) => upload.name === name);
  const names = () => running.map(({ name }) => name);
  return { uploads, running, list, named, names };
};
const files = (...names: string[]) => names.map((name) => new File(["12345"], name, { type: "text/plain" }));
const picture = () => new File(["pixels"], "cat.png", { type: "image/png" });
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("three travel at a time, the next when one has arrived or failed", async () => {
  const { uploads, running, names } = setUp();
  uploads.add(spot, files("a", "b", "c", "d", "e", "f"));
  expect(names()).toEqual(["a", "b", "c"]);
  running[1]?.arrive();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d"]);
  running[0]?.fail();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d", "e"]);
});

test("what is added while others travel waits for its turn", async () => {
  const { uploads, running, names } = setUp();
  uploads.add(spot, files("a", "b"));
  uploads.add(spot, files("c", "d"));
  expect(names()).toEqual(["a", "b", "c"]);
  running[2]?.arrive();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d"]);
});

test("each spot's files travel apart", () => {
  const { uploads, list, names } = setUp();
  uploads.add(spot, files("a", "b", "c"));
  uploads.add(threadSpot, files("d"));
  expect(names()).toEqual(["a", "b", "c", "d"]);
  expect(list(threadSpot).map(({ name }) => name)).toEqual(["d"]);
});

test("shows how far it is, then what the server made of it", async () => {
  const { uploads, running, named } = setUp();
  uploads.add(spot, files("a"));
  expect(named("a")).toMatchObject({ size: 5, progress: 0, failure: null, sent: null });
  running[0]?.progress(0.4);
  expect(named("a")?.progress).toBe(0.4);
  const sent = running[0]?.arrive();
  await settle();
  expect(named("a")).toMatchObject({ progress: 1, sent });
  expect(uploads.sentFiles(spot)).toEqual([sent]);
});

test("what failed says why, and arrives when it is asked again", async () => {
  const { uploads, running, named, names } = setUp();
  uploads.add(spot, files("a"));
  running[0]?.progress(0.9);
  running[0]?.fail();
  await settle();
  expect(named("a")).toMatchObject({ failure: "Too big.", sent: null });
  expect(uploads.sentFiles(spot)).toEqual([]);
  uploads.retry(spot, "u1");
  expect(named("a")).toMatchObject({ failure: null, progress: 0 });
  expect(names()).toEqual(["a", "a"]);
  const sent = running[1]?.arrive();
  await settle();
  expect(named("a")?.sent).toEqual(sent);
});

test("asked again while three travel, it waits for its turn", async () => {
  const { uploads, running, names } = setUp();
  uploads.add(spot, files("a", "b", "c", "d"));
  running[0]?.fail();
  await settle();
  uploads.retry(spot, "u1");
  expect(names()).toEqual(["a", "b", "c", "d"]);
  running[1]?.arrive();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "d", "a"]);
});

test("what is removed is stopped, and makes room for the next", () => {
  const { uploads, running, list, names } = setUp();
  uploads.add(spot, files("a", "b", "c", "d"));
  uploads.remove(spot, "u2");
  expect(running.map(({ isCancelled }) => isCancelled)).toEqual([false, true, false, false]);
  expect(list().map(({ name }) => name)).toEqual(["a", "c", "d"]);
  expect(names()).toEqual(["a", "b", "c", "d"]);
});

test("what is removed before its turn never travels", async () => {
  const { uploads, running, names } = setUp();
  uploads.add(spot, files("a", "b", "c", "d", "e"));
  uploads.remove(spot, "u4");
  running[0]?.arrive();
  await settle();
  expect(names()).toEqual(["a", "b", "c", "e"]);
});

test("sending takes the files that have arrived, in the order they were added, and forgets them", async () => {
  const { uploads, running, list } = setUp();
  uploads.add(spot, files("a", "b"));
  running[1]?.arrive();
  running[0]?.arrive();
  await settle();
  expect(uploads.take(spot).map(({ name }) => name)).toEqual(["a", "b"]);
  expect(list()).toEqual([]);
  expect(uploads.take(spot)).toEqual([]);
});

test("a picture is shown from this page's memory, which is given back", async () => {
  const { uploads, running, list } = setUp();
  uploads.add(spot, [picture(), picture(), ...files("a.txt")]);
  const addresses = list().map(({ previewUrl }) => previewUrl);
  expect(addresses[2]).toBeNull();
  const isHeld = () => addresses.slice(0, 2).map((address) => resolveObjectURL(address ?? "") !== undefined);
  expect(isHeld()).toEqual([true, true]);
  uploads.remove(spot, "u1");
  expect(isHeld()).toEqual([false, true]);
  for (const one of running.slice(1)) one.arrive();
  await settle();
  uploads.take(spot);
  expect(isHeld()).toEqual([false, false]);
});
