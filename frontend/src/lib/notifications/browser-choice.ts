const storageKey = "connectbest:browser-notifications";
const changed = "connectbest:browser-notifications-changed";

export type BrowserNotifications = "on" | "off" | "blocked" | "unsupported";

/** Whether this browser shows notifications: it must be able to, be allowed to, and have been asked to. */
export function browserNotifications(): BrowserNotifications {
  if (typeof Notification === "undefined") return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return Notification.permission === "granted" && localStorage.getItem(storageKey) === "on" ? "on" : "off";
}

/** Kept on this device: the browser's permission holds here only, too. */
export function setBrowserNotifications(isOn: boolean): void {
  localStorage.setItem(storageKey, isOn ? "on" : "off");
  window.dispatchEvent(new Event(changed));
}

/** Follows the choice, also of other tabs. Answers how to stop. */
export function followBrowserNotifications(listener: () => void): () => void {
  const controller = new AbortController();
  for (const event of [changed, "storage"]) window.addEventListener(event, listener, { signal: controller.signal });
  // The permission is changed in the browser's own settings: whoever comes back may have done so.
  window.addEventListener("focus", listener, { signal: controller.signal });
  return () => controller.abort();
}
