// `npm run model`: the model test at length. Prints its seed; the same seed plays the same steps.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { root } from "./ensure-install.mjs";

const { values } = parseArgs({
  options: { steps: { type: "string", default: "100000" }, seed: { type: "string" }, shrink: { type: "boolean" } },
});
const { status } = spawnSync("npx", ["jest", "--selectProjects", "model"], {
  cwd: `${root}/tests`,
  stdio: "inherit",
  env: {
    ...process.env,
    MODEL_STEPS: values.steps,
    MODEL_STRIDE: "50",
    ...(values.seed && { MODEL_SEED: values.seed }),
    ...(values.shrink && { MODEL_SHRINK: "yes" }),
  },
});
process.exit(status ?? 1);
