import { api } from "@/lib/api/client";

/** The service worker of this site, ready; `null` where there is none, which is no failure: an open page tells by itself. */
async function worker(): Promise<ServiceWorkerRegistration | null> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return null;
  return (await navigator.serviceWorker.getRegistration()) ? navigator.serviceWorker.ready : null;
}

/** Lets the server tell this browser while no page is open, where both can. It holds for the session; twice is once. */
export async function subscribePush(): Promise<void> {
  const registration = await worker();
  if (!registration) return;
  const { publicKey } = await api.get("/notifications/push-key");
  if (publicKey === null) return;
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const { endpoint = "", keys = {} } = (await registration.pushManager.subscribe(options)).toJSON();
  const { p256dh = "", auth = "" } = keys;
  await api.post("/notifications/push-subscriptions", { body: { endpoint, keys: { p256dh, auth } } });
}

export async function unsubscribePush(): Promise<void> {
  const subscription = await (await worker())?.pushManager.getSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  // Should it not hear of it, the server gives up an address that is gone with the first notice to it.
  await api
    .delete("/notifications/push-subscriptions", { body: { endpoint: subscription.endpoint } })
    .catch(() => undefined);
}
