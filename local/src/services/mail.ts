import startSes from "aws-ses-v2-local";

/** SES's API on this machine, with an inbox page at `/`. Keeps mail in memory. */
export async function startMail(port: number, host = "127.0.0.1"): Promise<{ close(): Promise<void> }> {
  const server = await startSes({ host, port });
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
