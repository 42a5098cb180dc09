import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pause, root, until } from "../src/system";

const program = path.join(root, "deploy/daily-backup.mjs");
const hours = (count: number) => Date.now() - count * 3_600_000;
const nameOf = (at: number) => `connectbest-${new Date(at).toISOString().replace(/[-:.]/g, "")}`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-daily-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string) => mkdirSync(path.join(folder, name));
const check = () => spawnSync(process.execPath, [program, folder, "--check"], { encoding: "utf8" });

/** Begins it with a command in place of the backup. */
function start(command: string) {
  const child = spawn(process.execPath, [program, folder, process.execPath, "-e", command]);
  const running = { child, output: "", ended: new Promise((resolve) => child.once("exit", resolve)) };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (running.output += data.toString()));
  return running;
}
const makesOne = () => `console.log("made"); fs.mkdirSync(${JSON.stringify(path.join(folder, nameOf(Date.now())))})`;

it.each([
  ["of an hour ago", [nameOf(hours(1))], 0],
  ["of a day ago, beside older ones", [nameOf(hours(25)), nameOf(hours(49))], 0],
  ["of 27 hours ago", [nameOf(hours(27))], 1],
  ["none", [], 1],
  ["of a time to come, when the clock was wrong", [nameOf(hours(-1000))], 1],
  ["under way", [`.${nameOf(hours(1))}.partial`], 1],
  ["something else", ["lost+found", "connectbest-old"], 1],
])("the last backup is %s: the check ends with %3$s", (_, names, status) => {
  names.forEach(put);
  const checked = check();
  expect([checked.status, checked.stderr === ""]).toEqual([status, status === 0]);
});

it("makes the first at once, then rests, and ends when it is told to", async () => {
  const running = start(makesOne());
  await until("there is a backup", () => readdirSync(folder).length === 1);
  await pause(300);
  expect([running.output.match(/made/g), running.child.exitCode]).toEqual([["made"], null]);
  expect(check().status).toBe(0);
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
});

it("is not kept from making one by one of a time to come", async () => {
  put(nameOf(hours(-1000)));
  const running = start(makesOne());
  await until("there is another", () => readdirSync(folder).length === 2);
  await pause(300);
  expect(running.output).toBe("made\n");
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
});

it("makes none while the last one is young", async () => {
  put(nameOf(hours(23)));
  const running = start(makesOne());
  await pause(600);
  expect([running.output, running.child.exitCode]).toEqual(["", null]);
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
});

it.each([
  ["fails", "process.exit(1)"],
  ["does nothing", ""],
])("says that a backup failed that %s, and does not try again at once", async (_, command) => {
  const running = start(`console.log("tried"); ${command}`);
  await until("it says so", () => running.output.includes("The backup failed; it is tried again in an hour."));
  await pause(300);
  expect(running.output.match(/tried\n/g)).toHaveLength(1);
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
});

it("hands a SIGTERM on to the backup under way, and waits for it", async () => {
  const running = start(
    `process.on("SIGTERM", () => setTimeout(() => { console.log("tidied"); process.exit(1); }, 300)); console.log("at work"); setTimeout(() => {}, 60_000);`,
  );
  await until("it works", () => running.output.includes("at work"));
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
  expect(running.output).toBe("at work\ntidied\n");
});
