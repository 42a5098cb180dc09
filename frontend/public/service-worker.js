// Makes the chat open without a network: pages come from the network while there is one, and from what was kept of the last
// visit when there is none. What the API says is not kept here but in the page's own store (src/lib/offline). Also shows
// what the server pushes (docs/notifications.md).
const shellCache = "connectbest-shell-1";
const assetCache = "connectbest-assets-1";
const shell = "/chat";
/** More files than any build of ours loads: the oldest go first. */
const mostAssets = 250;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("connectbest-") && name !== shellCache && name !== assetCache);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepShell());
  if (event.data === "forget") event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  const isOwn = url.origin === self.location.origin;
  if (isAsset(url, isOwn)) event.respondWith(asset(request));
  else if (request.mode === "navigate" && isOwn && isChat(url)) event.respondWith(page(request, url));
});

const isChat = ({ pathname }) => pathname === shell || pathname.startsWith(`${shell}/`);

/** Files that never change under their name, from wherever they are served. */
const isAsset = ({ pathname }, isOwn) =>
  pathname.includes("/_next/static/") || (isOwn && /^\/(fonts\/|icon)/.test(pathname));

async function asset(request) {
  const cache = await caches.open(assetCache);
  const known = await cache.match(request);
  if (known) return known;
  // A CDN's answer to a script tag could not be read, a failure not told from a file: asked for so that it can.
  const answer = await fetch(request.url, { mode: "cors" }).catch(() => fetch(request));
  // Full: the network has it.
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => undefined);
  return answer;
}

async function page(request, { pathname, search }) {
  try {
    const answer = await fetch(request);
    // On to the sign-in page, most likely: what was kept is somebody's who may not read it any more.
    if (answer.type === "opaqueredirect") await caches.delete(shellCache);
    return answer;
  } catch (error) {
    const known = await caches.match(shell, { cacheName: shellCache });
    if (!known) throw error;
    // The page that is kept was rendered for this one address; it goes on to the wanted one by itself.
    return pathname === shell ? known : Response.redirect(`${shell}#to=${encodeURIComponent(pathname + search)}`);
  }
}

/** The chat as it is served now, with its policy, for whoever is signed in. */
async function keepShell() {
  const cache = await caches.open(shellCache);
  const answer = await fetch(shell, { cache: "no-store", redirect: "manual" });
  // One that was rendered while the API was away has no channels, and what it would replace has.
  if (answer.ok && (await answer.clone().text()).includes("data-complete")) await cache.put(shell, answer);
  // On to the sign-in page: nobody is signed in any more.
  else if (answer.type === "opaqueredirect") await cache.delete(shell);
  const assets = await caches.open(assetCache);
  const kept = await assets.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - mostAssets)).map((request) => assets.delete(request)));
}

/** Whoever signs out leaves nothing of theirs. What never changes is nobody's. */
async function forget() {
  await caches.delete(shellCache);
  for (const shown of await self.registration.getNotifications()) shown.close();
  await self.navigator.clearAppBadge?.();
}

self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});

async function show({ id, title, body, tag, url, unreadCount, at }) {
  await self.navigator.setAppBadge?.(unreadCount);
  const shown = await self.registration.getNotifications();
  // An open page was quicker.
  if (shown.some(({ data }) => data?.id === id && data.at === at)) return;
  for (const former of shown) if (former.data?.id === id) former.close();
  await self.registration.showNotification(title, { body, tag, icon: "/icon-192.png", data: { id, at, url } });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? shell));
});

/** In a window that is there already, or in a new one. */
async function open(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const chat = windows.find((client) => isChat(new URL(client.url)));
  if (!chat) return self.clients.openWindow(url);
  chat.postMessage({ type: "open", url });
  return chat.focus();
}
