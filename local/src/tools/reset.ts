import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { readLocalConfig } from "../config";
import { checkPorts, StartupProblem } from "../supervisor/preflight";

/** What `npm start` puts into a data folder: anything else there is somebody's own and stays. */
const ours = ["mongo", "files", "logs", "secrets.json", "processes.json"];

async function reset(): Promise<void> {
  const { DATA_DIR, PORT_DATABASE, PORT_API } = readLocalConfig();
  await checkPorts([
    { what: "the database", port: PORT_DATABASE, variable: "PORT_DATABASE" },
    { what: "the API", port: PORT_API, variable: "PORT_API" },
  ]).catch(() => {
    throw new StartupProblem("ConnectBest Chat is running. Stop it first (Ctrl-C where it runs), then reset.");
  });
  const there = ours.map((name) => path.join(DATA_DIR, name)).filter((file) => existsSync(file));
  for (const file of there) rmSync(file, { recursive: true });
  process.stdout.write(there.length > 0 ? `Cleared ${DATA_DIR}.\n` : `Nothing to clear in ${DATA_DIR}.\n`);
}

reset().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
