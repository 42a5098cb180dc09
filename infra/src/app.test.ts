import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const infra = path.join(__dirname, "..");

/** What `cdk` runs, with what it passes on of `-c name=value`. */
function run(context: Record<string, string>) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(infra, "../node_modules/tsx/dist/cli.mjs"), "src/app.ts"],
    {
      cwd: infra,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], CDK_CONTEXT_JSON: JSON.stringify(context) },
    },
  );
  return { status, stderr };
}

it.each([
  [{ stage: "nope" }, /^There is no stage "nope" in .*, only: production, staging\.\n$/],
  [{ stages: "/nowhere" }, /^There are no stages in \/nowhere: no such folder\.\n$/],
])("says in a sentence what is wrong with %j, and no more", (context, sentence) => {
  const { status, stderr } = run(context);
  expect(stderr).toMatch(sentence);
  expect(status).toBe(1);
});

it("names each wrong setting of a stage", () => {
  const stages = mkdtempSync(path.join(os.tmpdir(), "connectbest-stages-"));
  try {
    writeFileSync(path.join(stages, "mine.json"), '{ "domainName": "localhost" }');
    const { status, stderr } = run({ stages });
    expect(stderr).toMatch(/^The stage "mine" cannot be deployed with these settings:\n {2}domainName: must be a full/);
    expect(stderr).toContain("  mailFrom: ");
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(1);
  } finally {
    rmSync(stages, { recursive: true });
  }
});
