import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import bcrypt from "bcrypt";
import { HashPool } from "./hash-pool";

const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-hash-"));
const pools: HashPool[] = [];
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

function poolOf(worker: URL | undefined, size: number): HashPool {
  const pool = new HashPool(worker, size);
  pools.push(pool);
  return pool;
}

/** A worker as the build would make one. */
function workerOf(body: string): URL {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, `import { parentPort } from "node:worker_threads";\n${body}`);
  return pathToFileURL(file);
}

describe("the hash pool", () => {
  it("hashes and compares where there are no threads", async () => {
    const pool = poolOf(undefined, 2);
    const hash = String(await pool.run({ text: "secret", cost: 4 }));
    expect(bcrypt.compareSync("secret", hash)).toBe(true);
    expect(await pool.run({ text: "other", hash })).toBe(false);
  });

  it("gives each job its own answer, and a thread one job at a time", async () => {
    const echo = workerOf(`let busy = false;
      parentPort.on("message", ({ text }) => {
        if (busy) throw new Error("two at once");
        busy = true;
        setTimeout(() => { busy = false; parentPort.postMessage({ value: text }); }, 5);
      });`);
    const pool = poolOf(echo, 2);
    const texts = Array.from({ length: 20 }, (_, i) => `job ${i}`);
    expect(await Promise.all(texts.map((text) => pool.run({ text, cost: 4 })))).toEqual(texts);
  });

  it("goes on with a new thread when one dies", async () => {
    const mortal = workerOf(`parentPort.on("message", ({ text }) => {
      if (text === "die") process.exit(1);
      parentPort.postMessage({ value: text });
    });`);
    const pool = poolOf(mortal, 1);
    await expect(pool.run({ text: "die", cost: 4 })).rejects.toThrow();
    expect(await pool.run({ text: "after", cost: 4 })).toBe("after");
  });

  it("lets sign-ins pass, and keeps a thread for them", async () => {
    const slow = workerOf(`parentPort.on("message", ({ text }) =>
      setTimeout(() => parentPort.postMessage({ value: text }), 20));`);
    const pool = poolOf(slow, 2);
    const done: string[] = [];
    const run = (text: string, urgency: "sign_in" | "new_password") =>
      pool.run({ text, cost: 4 }, urgency).then(() => done.push(text));
    const news = Array.from({ length: 8 }, (_, i) => run(`new ${i}`, "new_password"));
    const signIns = Array.from({ length: 3 }, (_, i) => run(`sign-in ${i}`, "sign_in"));
    await Promise.all(signIns);
    expect(done.filter((text) => text.startsWith("new")).length).toBeLessThanOrEqual(3);
    await Promise.all(news);
  });

  it("refuses rather than let anybody wait for minutes", async () => {
    const silent = workerOf(`parentPort.on("message", () => undefined);`);
    const pool = poolOf(silent, 1);
    for (let i = 0; i < 201; i++) pool.run({ text: "x", cost: 4 }).catch(() => undefined);
    await expect(pool.run({ text: "x", cost: 4 })).rejects.toMatchObject({ code: "unavailable" });
  });
});
