import { bundleProgram } from "../scripts/bundle.mjs";

// One file a Lambda, with everything in it, as the CDK's NodejsFunction bundles it.
await bundleProgram({
  entryPoints: ["connect", "disconnect", "message"].map((name) => `src/handlers/${name}.ts`),
  outdir: "dist",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  packages: "bundle",
  sourcemap: false,
  minifySyntax: true,
});
