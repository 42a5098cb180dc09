import { keysOf, shortcutOf, shortcuts } from "./shortcuts";
import type { ShortcutName } from "./shortcuts";

const names = Object.keys(shortcuts) as ShortcutName[];
const press = (key: string, more: Partial<Parameters<typeof shortcutOf>[0]> = {}) =>
  shortcutOf({
    key,
    code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  });
const pressed = (name: ShortcutName, command: "ctrlKey" | "metaKey") => {
  const { key, hasCommand = false, hasShift = false, hasAlt = false } = shortcuts[name];
  // With Shift a browser tells the capital letter.
  return press(hasShift ? key.toUpperCase() : key, { [command]: hasCommand, shiftKey: hasShift, altKey: hasAlt });
};

test.each(names)("%s is found by its keys, with Ctrl and with Cmd", (name) => {
  expect(pressed(name, "ctrlKey")).toBe(name);
  expect(pressed(name, "metaKey")).toBe(name);
});

test("no two are pressed alike", () => {
  expect(new Set(names.map((name) => keysOf(shortcuts[name], false).join("+"))).size).toBe(names.length);
});

test("what people write is no shortcut: no key alone, none with Shift", () => {
  for (const key of [..."abcdefghijklmnopqrstuvwxyz/?7", "ArrowUp", "ArrowDown", "Enter", "Escape"]) {
    expect(press(key)).toBeNull();
    expect(press(key.toUpperCase(), { shiftKey: true })).toBeNull();
  }
});

test("one modifier more is another thing", () => {
  expect(press("k", { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(press("k", { ctrlKey: true, altKey: true })).toBeNull();
  // AltGr writes letters on many keyboards, and is told as both.
  expect(press("n", { ctrlKey: true, altKey: true })).toBeNull();
});

test("a stroke is found with Shift too, where keyboards have it there", () => {
  expect(press("/", { ctrlKey: true, shiftKey: true, code: "Digit7" })).toBe("shortcuts");
});

test("where a key writes no Latin letter, its place counts", () => {
  expect(press("л", { code: "KeyK", ctrlKey: true })).toBe("switcher");
  expect(press("Dead", { code: "KeyN", altKey: true })).toBe("newMessage");
  expect(press("†", { code: "KeyT", altKey: true })).toBe("threads");
});

test("where it writes another letter, its place does not", () => {
  // Dvorak has I where others have G: Ctrl+I makes words italic there too.
  expect(press("i", { code: "KeyG", ctrlKey: true })).toBeNull();
  expect(press("g", { code: "KeyU", ctrlKey: true })).toBe("search");
});

test("are called as this machine's keys are", () => {
  expect(keysOf(shortcuts.switcher, false)).toEqual(["Ctrl", "K"]);
  expect(keysOf(shortcuts.switcher, true)).toEqual(["⌘", "K"]);
  expect(keysOf(shortcuts.nextUnread, false)).toEqual(["Alt", "⇧", "↓"]);
  expect(keysOf(shortcuts.previousUnread, true)).toEqual(["⌥", "⇧", "↑"]);
  expect(keysOf(shortcuts.shortcuts, false)).toEqual(["Ctrl", "/"]);
});
