import { bundleProgram } from "../scripts/bundle.mjs";

await bundleProgram({ entryPoints: ["src/server.ts"], outfile: "dist/server.js" });
