import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../src/system";
import { filesOfContext, IgnoreRules, ignoreRulesOf } from "./build-context";
import { dockerfileOf, names } from "./built-images";
import { parseDockerfile, type Instruction, type InstructionOf, type Stage } from "./dockerfile";

const of = <K extends Instruction["kind"]>(stage: Stage | undefined, kind: K) =>
  (stage?.instructions ?? []).filter((found): found is InstructionOf<K> => found.kind === kind);

describe.each(names)("the Dockerfile of %s", (name) => {
  const file = dockerfileOf(name);
  const last = file.stages.at(-1);

  it("stands on the slim image of a Node with long-term support, which can be chosen, and on nothing else", () => {
    expect(Number(file.arguments["NODE_VERSION"]) % 2).toBe(0);
    const own = file.stages.map((stage) => stage.name);
    const bases = file.stages.map((stage) => stage.base).filter((base) => !own.includes(base));
    expect(new Set(bases)).toEqual(new Set(["node:${NODE_VERSION}-slim"]));
    expect(last?.name).toBeUndefined();
  });

  it("ends as a user without rights, who runs a program without a shell, on a port and with a check", () => {
    const kinds = (last?.instructions ?? []).map(({ kind }) => kind);
    expect(of(last, "USER").map(({ user }) => user)).toEqual(["node"]);
    expect(kinds.lastIndexOf("COPY")).toBeLessThan(kinds.indexOf("USER"));
    expect(kinds).not.toContain("RUN");
    expect(of(last, "CMD").map(({ command }) => command[0])).toEqual(["node"]);
    expect(of(last, "HEALTHCHECK").map(({ command }) => command.slice(0, 2))).toEqual([["node", "health-check.mjs"]]);
    const environment = Object.assign({}, ...of(last, "ENV").map(({ values }) => values)) as Record<string, string>;
    expect(of(last, "EXPOSE").map(({ port }) => port)).toEqual([environment["PORT"]]);
    expect(environment["NODE_ENV"]).toBe("production");
    expect(of(last, "VOLUME").flatMap(({ paths }) => paths)).toContain("/tmp");
  });

  it("takes no secret and gives none", () => {
    const secret = /secret|key|token|password|uri|smtp|dsn/i;
    for (const stage of file.stages) {
      const set = of(stage, "ENV").flatMap(({ values }) => Object.keys(values));
      const taken = of(stage, "ARG").map((argument) => argument.name);
      expect([...set, ...taken].filter((found) => secret.test(found))).toEqual([]);
    }
  });

  it("installs by the lock file alone, runs no package's script, and copies sources after that", () => {
    for (const stage of file.stages) {
      const installs = of(stage, "RUN").filter(({ command }) => /^npm (ci|install)/.test(command));
      for (const { command, caches } of installs) {
        expect(command).toMatch(/^npm ci --ignore-scripts /);
        expect(caches).toEqual(["/app/.npm"]);
        expect(command).toContain(" --cache .npm ");
        const before = stage.instructions.slice(
          0,
          stage.instructions.findIndex((found) => found === installs[0]),
        );
        const copied = before.flatMap((found) => (found.kind === "COPY" ? found.sources : []));
        expect(copied.filter((source) => !/(^|\/)(package(-lock)?\.json|\.npmrc)$/.test(source))).toEqual([]);
      }
    }
  });
});

describe("the context of the builds", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-context-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is without secrets, history, data, and what was installed or built, wherever they lie", () => {
    const wanted = ["package.json", "package-lock.json", ".npmrc", "backend/src/server.ts", "deploy/health-check.mjs"];
    const unwanted = [
      ".env",
      ".env.local",
      "backend/.env",
      "frontend/.env.production",
      ".git/config",
      ".data/secrets.json",
      ".data/compose/backend/env",
      "local/.data/secrets.json",
      "node_modules/express/index.js",
      "backend/node_modules/bcrypt/index.js",
      "frontend/.next/server/app.js",
      "backend/dist/server.js",
      "backend/src/config.test.ts",
      "backend/Dockerfile",
      "docs/architecture.md",
      "infra/src/stack.ts",
      "tests/src/system.ts",
      "deploy/Caddyfile",
      "anything.pem",
    ];
    for (const file of [...wanted, ...unwanted]) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), "");
    }
    expect(filesOfContext(folder, ignoreRulesOf(root)).sort()).toEqual(wanted.sort());
  });

  it("follows the rules of .dockerignore", () => {
    const rules = new IgnoreRules("*\n!keep\n**/*.log\n# comment\nkeep/sub?\n!keep/sub1/back\n");
    const out = ["other", "keep/a.log", "keep/x/y/a.log", "keep/sub1/file", "keep/sub2"];
    const kept = ["keep", "keep/file", "keep/x/log", "keep/sub10/file", "keep/sub1/back/file"];
    expect(out.filter((file) => !rules.leavesOut(file))).toEqual([]);
    expect(kept.filter((file) => rules.leavesOut(file))).toEqual([]);
    expect([rules.leavesOutAllOf("keep/sub1"), rules.leavesOutAllOf("keep/sub2")]).toEqual([false, true]);
  });
});

it.each([
  "FROM a\nADD x y",
  "FROM a\nCMD node server.js",
  "FROM a\nHEALTHCHECK NONE",
  "FROM a\nCOPY --link x y",
  "FROM a\nCOPY *.json ./",
  "FROM a\nRUN --mount=type=secret,id=npm npm ci",
  "FROM a\nENV NAME value",
  'FROM a\nENTRYPOINT ["node"]',
  "RUN before",
])("what is not known in a Dockerfile is an error: %j", (text) => {
  expect(() => parseDockerfile(text)).toThrow();
});
