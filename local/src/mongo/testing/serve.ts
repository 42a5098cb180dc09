import { startMongoServer } from "../index";

// A server in a process of its own, for tests that kill it and for the bench: `tsx serve.ts <folder>`; prints its address.
void (async () => {
  const server = await startMongoServer({ port: 0, path: process.argv[2] });
  process.stdout.write(`${server.uri}\n`);
  process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
})();
