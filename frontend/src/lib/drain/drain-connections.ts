import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

/** Milliseconds that calls under way may take once the server is told to end: as long as the API's, less than the platform's patience. */
const drainTime = 20_000;

/**
 * Next ends when every connection has closed by itself, and proxies keep theirs. So once this process is told to end, each is told to
 * go with its next answer, those that rest are closed, and what still hangs after 20 s (somebody who does not read) is not waited for.
 * @param end ends the process
 */
export function drainOnTermination(end: () => void, patience = drainTime): void {
  const servers = new Set<Server>();
  let isEnding = false;
  subscribe("http.server.request.start", (event) => {
    const { server, response } = event as { server: Server; response: ServerResponse };
    servers.add(server);
    if (isEnding) response.setHeader("Connection", "close");
  });
  process.once("SIGTERM", () => {
    isEnding = true;
    setInterval(() => servers.forEach((server) => server.closeIdleConnections()), 100).unref();
    setTimeout(end, patience).unref();
  });
}
