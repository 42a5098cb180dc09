/**
 * Jest's global set-up: the database and DynamoDB that tests speak to, as processes of their own, for one run.
 * With TEST_MONGODB_URI set (a replica set somewhere) the tests run on that instead of the embedded database.
 */
const { spawn, execFileSync } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "..");

function startService(name, environment) {
  const child = spawn(process.execPath, [path.join(root, "local/dist", `${name}-main.js`)], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: "0", NODE_NO_WARNINGS: "1", ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", ({ port }) => resolve({ child, port }));
    child.once("exit", (code) => reject(new Error(`${name} ended with code ${code}`)));
  });
}

module.exports = async function setUp() {
  execFileSync(process.execPath, [path.join(root, "scripts/build.mjs"), "local", "websocket"], { stdio: "inherit" });
  const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-test-"));
  const dynamodb = await startService("dynamodb", { CONNECTIONS_TABLE: "connections" });
  process.env.TEST_DYNAMODB_ENDPOINT = `http://127.0.0.1:${dynamodb.port}`;
  const children = [dynamodb.child];
  if (!process.env.TEST_MONGODB_URI) {
    const database = await startService("database", { DATA_DIR: folder });
    process.env.TEST_MONGODB_URI = `mongodb://127.0.0.1:${database.port}/?replicaSet=rs0`;
    children.push(database.child);
  }
  globalThis.connectbestTestServices = { children, folder };
};

module.exports.tearDown = async function tearDown() {
  const { children, folder } = globalThis.connectbestTestServices;
  for (const child of children) {
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
};
