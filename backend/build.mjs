import { build } from "esbuild";

// Our own workspaces are TypeScript and are bundled in; packages stay in node_modules.
await build({
  entryPoints: ["src/server.ts"],
  outfile: "dist/server.js",
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
