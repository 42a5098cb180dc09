import { bundleProgram } from "../scripts/bundle.mjs";

await bundleProgram({
  entryPoints: {
    supervise: "src/supervisor/supervise.ts",
    child: "src/supervisor/child.ts",
    "database-main": "src/services/database-main.ts",
    "dynamodb-main": "src/services/dynamodb-main.ts",
    "mail-main": "src/services/mail-main.ts",
    "gateway-main": "src/services/gateway-main.ts",
    "secrets-main": "src/services/secrets-main.ts",
    seed: "src/tools/seed.ts",
    reset: "src/tools/reset.ts",
  },
  outdir: "dist",
});
