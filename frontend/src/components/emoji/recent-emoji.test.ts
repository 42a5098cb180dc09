import { brokenStorage, fakeStorage } from "@/testing/fake-storage";
import { noteEmoji, quickEmoji, recentEmoji } from "./recent-emoji";

const storeIn = (localStorage: Storage) => Object.assign(globalThis, { localStorage });

beforeEach(() => storeIn(fakeStorage()));
afterEach(() => Reflect.deleteProperty(globalThis, "localStorage"));

test("the latest first, each once", () => {
  for (const emoji of ["👍", "🎉", "👀", "👍"]) noteEmoji(emoji);
  expect(recentEmoji()).toEqual(["👍", "👀", "🎉"]);
});

test("as many as fit in three rows", () => {
  for (let i = 0; i < 40; i++) noteEmoji(String.fromCodePoint(0x1f600 + i));
  expect(recentEmoji()).toHaveLength(27);
  expect(recentEmoji()[0]).toBe(String.fromCodePoint(0x1f600 + 39));
});

test("the few at hand are my own, filled up with the usual ones", () => {
  expect(quickEmoji(3)).toEqual(["👍", "❤️", "😂"]);
  noteEmoji("🚀");
  noteEmoji("😂");
  expect(quickEmoji(4)).toEqual(["😂", "🚀", "👍", "❤️"]);
});

test.each(["{", "null", '{"a":1}', '["👍", 7]'])("what is damaged (%s) is as if nothing had been chosen", (text) => {
  localStorage.setItem("connectbest:recent-emoji", text);
  expect(recentEmoji()).toEqual([]);
  noteEmoji("👍");
  expect(recentEmoji()).toEqual(["👍"]);
});

test("where nothing may be kept, the usual ones are there", () => {
  storeIn(brokenStorage());
  noteEmoji("🚀");
  expect(quickEmoji(2)).toEqual(["👍", "❤️"]);
});
