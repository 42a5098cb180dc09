import ses from "aws-ses-v2-local";

// The package is CommonJS compiled from a default export: as Node imports it, the function sits one level deeper than its types say.
const startSes = "default" in ses ? (ses.default as typeof ses) : ses;

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
