// Before the tests: what `npx cdk synth` makes of the committed stages, and of two that turn on everything and nothing.
const { spawnSync } = require("node:child_process");
const path = require("node:path");

const infra = path.join(__dirname, "../..");
const cli = path.join(infra, "../node_modules/aws-cdk/bin/cdk");

function synthesize(output, ...args) {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "synth", "--quiet", "--output", path.join(infra, "cdk.out", output), ...args],
    // No account, no region, no credentials: nothing is asked of anybody.
    { cwd: infra, encoding: "utf8", env: { PATH: process.env.PATH, HOME: process.env.HOME, CI: "true" } },
  );
  if (status !== 0) throw new Error(`cdk synth failed:\n${stdout}\n${stderr}`);
  return Date.now() - began;
}

module.exports = () => {
  process.env.SYNTH_MS = String(synthesize("committed"));
  synthesize("tested", "-c", "stages=src/testing/stages", "-c", "imageTag=0123456789abcdef");
};
