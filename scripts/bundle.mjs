import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = (name) => fileURLToPath(new URL(`../${name}/src/index.ts`, import.meta.url));

/** Bundles a program for Node: our own workspaces, which are TypeScript, go in; packages stay in node_modules. */
export const bundleProgram = (options) =>
  build({
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    packages: "external",
    alias: {
      "@connectbest/contract": source("packages/contract"),
      "@connectbest/websocket": source("websocket"),
    },
    logLevel: "warning",
    absWorkingDir: path.resolve("."),
    ...options,
  });
