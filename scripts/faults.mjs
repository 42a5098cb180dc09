// `npm run faults`: the fault scenarios (tests/faults). `-- --only 1` plays one, `-- --full` at the length that the scenarios name.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { buildWhatChanged } from "./build.mjs";
import { fail, root } from "./ensure-install.mjs";

const { values } = parseArgs({ options: { only: { type: "string" }, full: { type: "boolean" } } });
if (values.only !== undefined && !/^([1-9]|1[0-5])$/.test(values.only)) fail("--only takes a scenario from 1 to 15.");
buildWhatChanged(["websocket", "backend", "local"]);
const only = values.only === undefined ? [] : ["--testNamePattern", `^${values.only}\\.`];
const { status, signal } = spawnSync(
  "npx",
  ["jest", "--selectProjects", "tests", "--runInBand", "--verbose", ...only, "faults/"],
  {
    cwd: `${root}/tests`,
    stdio: "inherit",
    env: {
      ...process.env,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...(values.full && { FAULTS: "full" }),
    },
    // It must end by itself: well above the sum of all scenarios at full length.
    timeout: 4 * 3_600_000,
  },
);
if (signal) console.error(`The run was ended by ${signal}.`);
process.exit(status ?? 1);
