export type ShortcutName =
  | "switcher"
  | "shortcuts"
  | "search"
  | "newMessage"
  | "browse"
  | "previous"
  | "next"
  | "previousUnread"
  | "nextUnread"
  | "activity"
  | "threads";

interface Keys {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  /** Ctrl, or Cmd on a Mac. */
  readonly hasCommand?: boolean;
  readonly hasShift?: boolean;
  readonly hasAlt?: boolean;
}

/** Chosen so that no browser needs them, and none is a letter alone: people write here. */
export const shortcuts: Record<ShortcutName, Keys> = {
  switcher: { key: "k", hasCommand: true },
  shortcuts: { key: "/", hasCommand: true },
  search: { key: "g", hasCommand: true },
  newMessage: { key: "n", hasAlt: true },
  browse: { key: "l", hasCommand: true, hasShift: true },
  previous: { key: "arrowup", hasAlt: true },
  next: { key: "arrowdown", hasAlt: true },
  previousUnread: { key: "arrowup", hasAlt: true, hasShift: true },
  nextUnread: { key: "arrowdown", hasAlt: true, hasShift: true },
  activity: { key: "m", hasCommand: true, hasShift: true },
  threads: { key: "t", hasAlt: true },
};

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** What a key press asks for. */
export function shortcutOf(event: Pressed): ShortcutName | null {
  const found = (Object.keys(shortcuts) as ShortcutName[]).find((name) => {
    const { key, hasCommand = false, hasShift = false, hasAlt = false } = shortcuts[name];
    const pressed = event.key.toLowerCase();
    // Where the key writes no Latin letter (Cyrillic, Option on a Mac), its place counts; on a Dvorak keyboard it does not.
    const isPlace = /^[a-z]$/.test(key) && !/^[a-z]$/.test(pressed) && event.code === `Key${key.toUpperCase()}`;
    const isKey = pressed === key || isPlace;
    // "/" stands on Shift+7 and elsewhere, by the keyboard: there Shift is part of the key.
    const isShift = key === "/" || event.shiftKey === hasShift;
    return isKey && (event.ctrlKey || event.metaKey) === hasCommand && isShift && event.altKey === hasAlt;
  });
  return found ?? null;
}

/** How a shortcut is called on this machine: "Ctrl+K", "⌘K". */
export function keysOf({ key, hasCommand, hasShift, hasAlt }: Keys, isMac: boolean): string[] {
  const names: Record<string, string> = { arrowup: "↑", arrowdown: "↓" };
  return [
    ...(hasCommand ? [isMac ? "⌘" : "Ctrl"] : []),
    ...(hasAlt ? [isMac ? "⌥" : "Alt"] : []),
    ...(hasShift ? ["⇧"] : []),
    names[key] ?? key.toUpperCase(),
  ];
}

export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);
