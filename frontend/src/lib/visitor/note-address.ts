import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const channel = "http.server.request.start";

/** The headers are those of the `IncomingMessage`: what is written here, Next hands to every handler and page. */
export function appendAddress({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): void {
  const claimed = headers["x-forwarded-for"];
  const before = Array.isArray(claimed) ? claimed.join(", ") : claimed;
  headers["x-forwarded-for"] = [before, socket.remoteAddress].filter(Boolean).join(", ");
}

/**
 * Adds the address of the connection to `X-Forwarded-For` of every request, as a proxy would. Next does so only where the
 * header is absent, so that what a caller made up would stand alone.
 * @returns how to stop
 */
export function noteAddresses(): () => void {
  const note = (event: unknown) => appendAddress((event as { request: IncomingMessage }).request);
  subscribe(channel, note);
  return () => unsubscribe(channel, note);
}
