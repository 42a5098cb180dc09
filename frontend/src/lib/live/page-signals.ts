/** What the browser says of the page, in one place. Answers how to stop listening. */
export interface PageSignals {
  online(): void;
  offline(): void;
  /** Visible and focused, or no longer. */
  attention(isAttending: boolean): void;
  /** It is closed or left. Not when it is only hidden: who comes back finds what could be undone. */
  leaving(): void;
}

export const isAttending = (): boolean => document.visibilityState === "visible" && document.hasFocus();

export function listenToPage(signals: PageSignals): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const attention = () => signals.attention(isAttending());
  window.addEventListener("online", () => signals.online(), { signal });
  window.addEventListener("offline", () => signals.offline(), { signal });
  window.addEventListener("focus", attention, { signal });
  window.addEventListener("blur", attention, { signal });
  document.addEventListener("visibilitychange", attention, { signal });
  window.addEventListener("pagehide", () => signals.leaving(), { signal });
  return () => controller.abort();
}
