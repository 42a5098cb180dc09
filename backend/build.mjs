import { bundleProgram } from "../scripts/bundle.mjs";

await bundleProgram({
  entryPoints: { server: "src/server.ts", "hash-worker": "src/features/sessions/hash-worker.ts" },
  outdir: "dist",
});
