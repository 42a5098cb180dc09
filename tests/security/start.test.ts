import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { root } from "../src/system";

const random = () => randomBytes(32).toString("base64url");

/** Runs a server as a deployment would, until it ends by itself or has stayed for some seconds. */
async function start(file: string, cwd: string, environment: Record<string, string | undefined>, args: string[] = []) {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...Object.fromEntries(given) },
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  return { status, output };
}

const wrong = (secret: string): [string, string | undefined][] => [
  ["missing", undefined],
  ["empty", ""],
  ["short", secret.slice(0, 12)],
  ["that of an example", "change-me-change-me-change-me-change-me"],
  ["that of a tutorial", "your-secret-here-your-secret-here-your-secret"],
  ["one letter", "a".repeat(64)],
];

describe("in production the API", () => {
  const whole = () => ({
    HOST: "127.0.0.1",
    PORT: "0",
    MONGODB_URI: "mongodb://somebody:hunter2@127.0.0.1:1/chat",
    JWT_SECRET: random(),
    SERVICE_SECRET: random(),
    FRONTEND_SECRET: random(),
    ENCRYPTION_KEY: random(),
    PUBLIC_URL: "https://chat.example.com",
    REALTIME_URL: "wss://live.example.com",
    REALTIME_ENDPOINT: "https://live.example.com",
  });
  const startApi = (environment: Record<string, string | undefined>) =>
    start(path.join(root, "backend/dist/server.js"), path.join(root, "backend"), environment);

  it.each(["JWT_SECRET", "SERVICE_SECRET", "FRONTEND_SECRET", "ENCRYPTION_KEY"] as const)(
    "40. refuses to start without a %s of its own, and names it, not its value",
    async (name) => {
      const environment = whole();
      for (const [what, value] of wrong(environment[name])) {
        const { status, output } = await startApi({ ...environment, [name]: value });
        expect([what, status, output.includes(name)]).toEqual([what, 1, true]);
        if (value) expect(output).not.toContain(value);
        for (const other of Object.values(environment).filter((other) => other.length > 40))
          expect(output).not.toContain(other);
      }
      const twin = name === "JWT_SECRET" ? "SERVICE_SECRET" : "JWT_SECRET";
      const shared = await startApi({ ...environment, [name]: environment[twin] });
      expect([shared.status, shared.output.includes("must differ")]).toEqual([1, true]);
    },
    60_000,
  );

  it("40. refuses to start without a database, an address or a socket to name, and says which", async () => {
    for (const name of ["MONGODB_URI", "PUBLIC_URL", "REALTIME_URL", "REALTIME_ENDPOINT"]) {
      const { status, output } = await startApi({ ...whole(), [name]: undefined });
      expect([status, output]).toEqual([1, expect.stringContaining(`${name}: is not set`)]);
      expect(output).not.toContain("hunter2");
      expect(output).not.toMatch(/\n\s+at /);
    }
  }, 60_000);
});

describe("in production the frontend", () => {
  const whole = () => ({
    API_URL: "http://127.0.0.1:1",
    NEXTAUTH_URL: "https://chat.example.com",
    NEXTAUTH_SECRET: random(),
    FRONTEND_SECRET: random(),
    REALTIME_URL: "wss://live.example.com",
    NEXT_TELEMETRY_DISABLED: "1",
  });

  it.each(["NEXTAUTH_SECRET", "FRONTEND_SECRET"] as const)(
    "40. refuses to start without a %s of its own, and names it, not its value",
    async (name) => {
      const environment = whole();
      for (const [what, value] of wrong(environment[name])) {
        const next = path.join(root, "node_modules/next/dist/bin/next");
        const args = ["start", "--hostname", "127.0.0.1", "--port", "0"];
        const { status, output } = await start(
          next,
          path.join(root, "frontend"),
          { ...environment, [name]: value },
          args,
        );
        expect([what, status === 0 || status === null, output.includes(name)]).toEqual([what, false, true]);
        if (value) expect(output).not.toContain(value);
      }
    },
    120_000,
  );
});
