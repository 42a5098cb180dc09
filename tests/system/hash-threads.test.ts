import { readdirSync, readFileSync } from "node:fs";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
beforeAll(async () => (system = await System.start({ FRONTEND: "off" })), 60_000);
afterAll(() => system.stop());

/** How nice each thread of a process is: the 19th field of its `stat`, counted behind the name in brackets. */
function nicenessOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });
}

// Elsewhere threads have no priority of their own, and there is no /proc to look it up in.
const isLinux = process.platform === "linux";
(isLinux ? it : it.skip)("passwords are hashed in threads that step back behind everything else", async () => {
  await Person.signUp(system, "Somebody");
  const threads = nicenessOf(system.pid("API"));
  expect(threads.filter((niceness) => niceness === 10).length).toBeGreaterThan(0);
  expect(threads.filter((niceness) => niceness === 0).length).toBeGreaterThan(5);
});
