import { build } from "esbuild";

await build({
  entryPoints: {
    supervise: "src/supervisor/supervise.ts",
    child: "src/supervisor/child.ts",
    "database-main": "src/services/database-main.ts",
    "dynamodb-main": "src/services/dynamodb-main.ts",
    "mail-main": "src/services/mail-main.ts",
    "gateway-main": "src/services/gateway-main.ts",
    seed: "src/tools/seed.ts",
    reset: "src/tools/reset.ts",
  },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  packages: "external",
  alias: {
    "@connectbest/contract": "../packages/contract/src/index.ts",
    "@connectbest/websocket": "../websocket/src/index.ts",
  },
  logLevel: "warning",
});
