import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readLocalConfig, type LocalConfig } from "../config";
import { ManagedProcess } from "./managed-process";
import { planProcesses } from "./plan";
import { checkDatabase, checkDataFolder, checkPorts } from "./preflight";
import { loadSecrets } from "./secrets";

const startedAt = performance.now();
const isDev = process.argv.includes("--dev");

const portsOf = (config: LocalConfig) => [
  ...(config.FRONTEND === "on"
    ? [{ what: "the frontend", port: config.PORT_FRONTEND, variable: "PORT_FRONTEND" }]
    : []),
  { what: "the API", port: config.PORT_API, variable: "PORT_API" },
  { what: "the WebSocket gateway", port: config.PORT_GATEWAY, variable: "PORT_GATEWAY" },
  { what: "DynamoDB", port: config.PORT_DYNAMODB, variable: "PORT_DYNAMODB" },
  { what: "mail", port: config.PORT_MAIL, variable: "PORT_MAIL" },
  ...(config.MONGODB_URI ? [] : [{ what: "the database", port: config.PORT_DATABASE, variable: "PORT_DATABASE" }]),
];

function printTable(config: LocalConfig): void {
  const rows: [string, string][] = [
    ["Chat", config.FRONTEND === "on" ? `http://localhost:${config.PORT_FRONTEND}` : "off"],
    ["API", `http://localhost:${config.PORT_API}/api`],
    ["API reference", `http://localhost:${config.PORT_API}/docs`],
    ["Mail inbox", `http://localhost:${config.PORT_MAIL}`],
    ["WebSocket", `ws://localhost:${config.PORT_GATEWAY}/local`],
    [
      "Database",
      config.MONGODB_URI ? "the one of MONGODB_URI" : `mongodb://127.0.0.1:${config.PORT_DATABASE}/connectbest`,
    ],
    ["Data and logs", config.DATA_DIR],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `\nConnectBest Chat is ready (${seconds} s).\n\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n")}\n\nRegister, then open the link in the mail inbox: the first account to be confirmed is the administrator. Ctrl-C stops everything.\n\n`,
  );
}

/** `processes.json`: which part runs under which process id, for whoever wants to look at (or kill) one. */
function writePids(config: LocalConfig, processes: ManagedProcess[]): void {
  const pids = Object.fromEntries(processes.map(({ plan, pid }) => [plan.name, pid]));
  const file = path.join(config.DATA_DIR, "processes.json");
  // Put in place at once, so that nobody reads half of it.
  writeFileSync(`${file}.new`, JSON.stringify(pids));
  renameSync(`${file}.new`, file);
}

/** Those that others stand on are stopped last. */
async function stopAll(processes: ManagedProcess[]): Promise<void> {
  for (const process of [...processes].reverse()) await process.stop();
}

async function main(): Promise<void> {
  const config = readLocalConfig();
  checkDataFolder(config.DATA_DIR);
  await checkPorts(portsOf(config));
  if (config.MONGODB_URI) await checkDatabase(config.MONGODB_URI);
  mkdirSync(path.join(config.DATA_DIR, "logs"), { recursive: true });
  const secrets = loadSecrets(config.DATA_DIR);

  const say = (message: string) => process.stdout.write(`${message}\n`);
  const processes: ManagedProcess[] = planProcesses({ config, secrets, root: process.cwd(), isDev }).map(
    (plan) => new ManagedProcess(plan, say, () => writePids(config, processes)),
  );
  let stopping: Promise<void> | undefined;
  const stop = (status: number) => {
    stopping ??= stopAll(processes).then(() => process.exit(status));
    return stopping;
  };
  process.on("SIGINT", () => void stop(0));
  process.on("SIGTERM", () => void stop(0));
  process.on("SIGHUP", () => void stop(0));

  try {
    await Promise.all(processes.map((process) => process.start()));
  } catch (error) {
    if (stopping) return stopping;
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    return stop(1);
  }
  printTable(config);
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
  process.exit(1);
});
