/** The address that was asked for where the page that is kept for being offline was given (public/service-worker.js). */
export function keptAddress(): string | null {
  const to = /^#to=(.+)$/.exec(location.hash)?.[1];
  const path = to ? decodeURIComponent(to) : "";
  return path.startsWith("/chat/") ? path : null;
}
