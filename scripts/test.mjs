// `npm test`: everything, from a clone with nothing installed. Ends with one line for the whole.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildWhatChanged } from "./build.mjs";
import { ensureInstall, fail, root } from "./ensure-install.mjs";

ensureInstall();

const workspaces = ["packages/contract", "websocket", "backend", "local", "infra", "frontend", "tests"];
const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : workspaces;
const unknown = chosen.find((name) => !workspaces.includes(name));
if (unknown) fail(`There is no workspace ${unknown}. Choose from: ${workspaces.join(", ")}.`);

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser tests need a Chromium; on a Debian-like system its package is enough. */
function ensureChromium() {
  const known = [process.env.CHROMIUM_PATH, ...browsers].filter(Boolean);
  if (known.some((file) => existsSync(file))) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium for the browser tests…");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "chromium"],
    ])
      spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: environment });
    if (existsSync("/usr/bin/chromium")) return;
  }
  fail("The browser tests need Chromium. Install it (sudo apt-get install chromium) or set CHROMIUM_PATH to a Chrome.");
}
if (chosen.includes("tests")) ensureChromium();
buildWhatChanged(chosen.includes("tests") ? undefined : ["websocket", "local"]);

const reports = path.join(root, ".cache", "test-reports");
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// The AWS SDK's reminder of Node versions to come would drown what matters.
const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
const total = { passed: 0, failed: 0 };

for (const name of chosen) {
  const report = path.join(reports, `${name.replace("/", "-")}.json`);
  console.log(`\n— ${name} —`);
  const serial = name === "tests" ? ["--runInBand"] : [];
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, "node_modules/jest/bin/jest.js"), "--json", `--outputFile=${report}`, ...serial],
    {
      cwd: path.join(root, name),
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NODE_ENV: "test", ...quiet },
    },
  );
  if (!existsSync(report)) {
    total.failed++;
    continue;
  }
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  total.passed += numPassedTests;
  total.failed += numFailedTests + numRuntimeErrorTestSuites;
  if (status !== 0 && numFailedTests + numRuntimeErrorTestSuites === 0) total.failed++;
}

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
