import { execFile } from "node:child_process";
import path from "node:path";
import { Person } from "../src/rest-client";
import { root, System } from "../src/system";

const smoke = (args: string[], environment: Record<string, string> = {}) =>
  new Promise<{ status: number; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [path.join(root, "scripts/smoke.mjs"), ...args],
      { cwd: root, env: { PATH: process.env["PATH"], ...environment } },
      (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });

describe("the smoke test", () => {
  let system: System;
  beforeAll(async () => (system = await System.start()), 120_000);
  afterAll(() => system?.stop());

  it("is content with a whole system, and opens a WebSocket where it is given a token", async () => {
    const { rest } = await Person.signUp(system, "Ada Lovelace");
    const { status, output } = await smoke([system.web], { SMOKE_TOKEN: rest.token ?? "" });
    expect(output).not.toContain("FAILED");
    expect(output).toContain("ok      a WebSocket opens and answers");
    expect(status).toBe(0);
  });

  it("finds that it is another version than was asked for", async () => {
    const { status, output } = await smoke([system.web, "--commit", "abc", "--attempts", "1"]);
    expect(output).toContain("FAILED  the API is alive: the commit is unknown, not abc");
    expect(status).toBe(1);
  });

  it("finds that the database is away, and only that", async () => {
    // Not killed: then it would be started again at once.
    system.kill("Database", "SIGSTOP");
    const { status, output } = await smoke([system.web, "--attempts", "1"]);
    system.kill("Database", "SIGCONT");
    expect(output).toContain("FAILED  its database answers: GET /api/health/ready answered 503");
    expect(output).toContain("ok      the API is alive");
    expect(status).toBe(1);
  });

  it("asks where to look", async () => {
    expect(await smoke([])).toMatchObject({ status: 2, output: expect.stringContaining("Where is it?") as string });
  });
});
