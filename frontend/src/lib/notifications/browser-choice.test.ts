import { browserNotifications, followBrowserNotifications, setBrowserNotifications } from "./browser-choice";

const globals = globalThis as Record<string, unknown>;

beforeEach(() => {
  const kept = new Map<string, string>();
  globals["localStorage"] = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  globals["window"] = new EventTarget();
});
afterEach(() => {
  for (const name of ["localStorage", "window", "Notification"]) Reflect.deleteProperty(globals, name);
});

const permit = (permission: NotificationPermission) => (globals["Notification"] = { permission });

test("a browser that knows no notifications is not asked", () => {
  expect(browserNotifications()).toBe("unsupported");
});

test("they are off until they are turned on, and kept", () => {
  permit("granted");
  expect(browserNotifications()).toBe("off");
  setBrowserNotifications(true);
  expect(browserNotifications()).toBe("on");
  setBrowserNotifications(false);
  expect(browserNotifications()).toBe("off");
});

test("without the browser's permission the choice alone shows nothing", () => {
  permit("default");
  setBrowserNotifications(true);
  expect(browserNotifications()).toBe("off");
  permit("denied");
  expect(browserNotifications()).toBe("blocked");
});

test("a change is told of until somebody stops listening", () => {
  permit("granted");
  const listener = jest.fn();
  const stop = followBrowserNotifications(listener);
  setBrowserNotifications(true);
  window.dispatchEvent(new Event("focus"));
  expect(listener).toHaveBeenCalledTimes(2);
  stop();
  setBrowserNotifications(false);
  expect(listener).toHaveBeenCalledTimes(2);
});
