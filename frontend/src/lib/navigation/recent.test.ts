import { brokenStorage, fakeStorage } from "@/testing/fake-storage";
import { recentChannels, rememberChannel } from "./recent";

const storeIn = (localStorage: Storage) => Object.assign(globalThis, { localStorage });
const remember = (...channels: string[]) => channels.forEach((channel) => rememberChannel("me", channel));

beforeEach(() => storeIn(fakeStorage()));
afterEach(() => Reflect.deleteProperty(globalThis, "localStorage"));

test("the latest first, each once", () => {
  remember("a", "b", "c", "a");
  expect(recentChannels("me")).toEqual(["a", "c", "b"]);
});

test("apart for each person", () => {
  remember("a");
  expect(recentChannels("you")).toEqual([]);
});

test("the oldest are forgotten", () => {
  remember(...Array.from({ length: 50 }, (_, index) => `c${index}`));
  expect(recentChannels("me")).toHaveLength(40);
  expect(recentChannels("me")[0]).toBe("c49");
  expect(recentChannels("me")).not.toContain("c9");
});

test.each(["{", "null", '"a"', "7"])("what somebody else wrote there (%s) is nothing, and is written over", (text) => {
  localStorage.setItem("connectbest:recent-channels:me", text);
  expect(recentChannels("me")).toEqual([]);
  remember("a");
  expect(recentChannels("me")).toEqual(["a"]);
});

test("of a list only ids are taken", () => {
  localStorage.setItem("connectbest:recent-channels:me", '["a", 7, null, "b"]');
  expect(recentChannels("me")).toEqual(["a", "b"]);
});

test("where nothing may be kept, nothing is remembered and nothing breaks", () => {
  storeIn(brokenStorage());
  remember("a");
  expect(recentChannels("me")).toEqual([]);
});
