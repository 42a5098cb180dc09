import { navigate } from "@/lib/navigation/navigate";

/** Within an hour the kept page does not age. */
const keepEvery = 3_600_000;

/** Lets the chat open without a network, and be installed. Answers how to stop; in development it would get in the way. */
export function startServiceWorker(): () => void {
  // eslint-disable-next-line no-restricted-syntax -- replaced by the compiler
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return () => undefined;
  const { serviceWorker } = navigator;
  const controller = new AbortController();
  serviceWorker.addEventListener("message", (event) => follow(event.data), { signal: controller.signal });
  const keep = () =>
    void serviceWorker.ready.then(
      (registration) => navigator.onLine && registration.active?.postMessage("keep"),
      () => undefined,
    );
  void serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).then(keep, () => {
    // Forbidden by the browser or its owner: the chat works with a network.
  });
  const timer = setInterval(keep, keepEvery);
  return () => {
    clearInterval(timer);
    controller.abort();
  };
}

/** A click on a notice, which the service worker heard. */
function follow(data: unknown): void {
  const { type, url } = (data ?? {}) as { type?: unknown; url?: unknown };
  if (type === "open" && typeof url === "string" && url.startsWith("/chat")) navigate(url);
}
