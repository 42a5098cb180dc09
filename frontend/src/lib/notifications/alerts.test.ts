import type { Event, Notification } from "@connectbest/contract";
import { Alerts, inOneTab } from "./alerts";
import type { AlertsDependencies } from "./alerts";

const notice: Notification = {
  id: "0".repeat(24),
  kind: "mention",
  channelId: "1".repeat(24),
  channelName: "launch",
  messageId: "2".repeat(24),
  parentMessageId: null,
  actor: null,
  excerpt: "@me look",
  detail: null,
  count: 1,
  isRead: false,
  at: "2026-01-31T12:00:00.000Z",
};
const event = (isLoud = true): Event => ({ type: "notification", notification: notice, unreadCount: 1, isLoud });

function alertsWith(more: Partial<AlertsDependencies>) {
  const said: string[] = [];
  const alerts = new Alerts({
    isAttending: () => false,
    isOnScreen: () => false,
    wantsSound: () => true,
    ring: () => void said.push("ring"),
    show: async () => void said.push("show"),
    close: async ({ ids }) => void said.push(`close ${ids?.join() ?? "all"}`),
    once: async (_name, _isReader, act) => act(),
    ...more,
  });
  return { alerts, said };
}

test("who looks elsewhere hears it and is shown it", async () => {
  const { alerts, said } = alertsWith({});
  alerts.heard(event());
  await Promise.resolve();
  expect(said).toEqual(["ring", "show"]);
});

test("who looks at the very thing is left in peace; at another place of the chat the tone is enough", () => {
  const there = alertsWith({ isAttending: () => true, isOnScreen: () => true });
  there.alerts.heard(event());
  expect(there.said).toEqual([]);
  const elsewhere = alertsWith({ isAttending: () => true });
  elsewhere.alerts.heard(event());
  expect(elsewhere.said).toEqual(["ring"]);
});

test("what is not loud makes no sound and shows nothing, and no sound is made for whoever wants none", () => {
  const quiet = alertsWith({});
  quiet.alerts.heard(event(false));
  expect(quiet.said).toEqual([]);
  const silent = alertsWith({ wantsSound: () => false });
  silent.alerts.heard(event());
  expect(silent.said).toEqual(["show"]);
});

test("what is read on another device goes away here", () => {
  const { alerts, said } = alertsWith({});
  alerts.heard({ type: "notifications.read", ids: [notice.id], upTo: null, unreadCount: 0 });
  alerts.heard({ type: "notifications.read", ids: null, upTo: notice.at, unreadCount: 0 });
  expect(said).toEqual([`close ${notice.id}`, "close all"]);
});

describe("of several tabs", () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const held = new Set<string>();
  const request = async (name: string, _options: object, act: (lock: object | null) => Promise<void>) => {
    if (held.has(name)) return act(null);
    held.add(name);
    await act({});
    held.delete(name);
  };
  beforeEach(() => {
    jest.useFakeTimers();
    // Node has a navigator from version 21 on, and none with locks.
    Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: { request } } });
  });
  afterEach(() => {
    jest.useRealTimers();
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  });

  test("one does it, and the one that shows the thing comes first", async () => {
    const acted: string[] = [];
    const act = (name: string) => async () => void acted.push(name);
    const all = [
      inOneTab("a", false, act("one")),
      inOneTab("a", false, act("two")),
      inOneTab("a", true, act("reader")),
      inOneTab("b", false, act("another thing")),
    ];
    await jest.advanceTimersByTimeAsync(5_000);
    await Promise.all(all);
    expect(acted).toEqual(["reader", "another thing"]);
  });
});
