import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { writeSecrets } from "./write-secrets";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-secrets-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const origin = "https://chat.example.com";
const of = (reader: string) => parseEnv(readFileSync(path.join(folder, reader, "env"), "utf8"));
const mode = (...parts: string[]) => statSync(path.join(folder, ...parts)).mode & 0o777;

test("each reader gets what it needs and nothing else, in a file of its own", () => {
  writeSecrets({ folder, origin });
  expect(Object.keys(of("gateway"))).toEqual(["JWT_SECRET", "SERVICE_SECRET"]);
  expect(Object.keys(of("frontend")).sort()).toEqual(["FRONTEND_SECRET", "NEXTAUTH_SECRET"]);
  const names = ["JWT_SECRET", "SERVICE_SECRET", "FRONTEND_SECRET", "ENCRYPTION_KEY"];
  const vapid = ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY", "VAPID_SUBJECT"];
  expect(Object.keys(of("backend")).sort()).toEqual([...names, ...vapid].sort());
  expect(of("backend")["VAPID_SUBJECT"]).toBe(origin);
  expect(of("backend")["JWT_SECRET"]).toBe(of("gateway")["JWT_SECRET"]);
  expect(of("backend")["FRONTEND_SECRET"]).toBe(of("frontend")["FRONTEND_SECRET"]);
});

test("nobody else may read them, even where an engine made the folder for everybody", () => {
  mkdirSync(path.join(folder, "backend"), { mode: 0o755 });
  writeSecrets({ folder, origin });
  expect(mode("secrets.json")).toBe(0o600);
  for (const reader of ["backend", "frontend", "gateway"]) {
    expect(mode(reader)).toBe(0o700);
    expect(mode(reader, "env")).toBe(0o600);
  }
});

test("the next run finds them again, and follows another address", () => {
  writeSecrets({ folder, origin });
  const before = of("backend");
  writeSecrets({ folder, origin: "https://talk.example.com" });
  expect(of("backend")).toEqual({ ...before, VAPID_SUBJECT: "https://talk.example.com" });
});

(process.getuid?.() === 0 ? test : test.skip)("root hands them to who reads them, again and again", () => {
  for (let run = 0; run < 2; run++) writeSecrets({ folder, origin, readerUid: 1000 });
  for (const file of ["backend", "backend/env", "frontend/env", "gateway/env"])
    expect(statSync(path.join(folder, file)).uid).toBe(1000);
  expect(statSync(path.join(folder, "secrets.json")).uid).toBe(0);
});

test("what is damaged is said, and nothing is overwritten", () => {
  writeSecrets({ folder, origin });
  const env = readFileSync(path.join(folder, "backend/env"), "utf8");
  const damage = path.join(folder, "secrets.json");
  rmSync(damage);
  mkdirSync(damage);
  expect(() => writeSecrets({ folder, origin })).toThrow();
  expect(readFileSync(path.join(folder, "backend/env"), "utf8")).toBe(env);
});
