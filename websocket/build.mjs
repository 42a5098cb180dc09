import { build } from "esbuild";

// One file a Lambda, with everything in it, as the CDK's NodejsFunction would bundle it.
await build({
  entryPoints: ["connect", "disconnect", "message"].map((name) => `src/handlers/${name}.ts`),
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  minifySyntax: true,
  alias: { "@connectbest/contract": "../packages/contract/src/index.ts" },
  logLevel: "warning",
});
