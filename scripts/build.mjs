import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstall, fail, root } from "./ensure-install.mjs";

/** What each build reads, and what it leaves behind. */
const builds = [
  { name: "websocket", inputs: ["packages/contract", "websocket"], output: "websocket/dist/message.cjs" },
  { name: "backend", inputs: ["packages/contract", "websocket", "backend"], output: "backend/dist/server.js" },
  { name: "local", inputs: ["packages/contract", "websocket", "local"], output: "local/dist/supervise.js" },
  { name: "frontend", inputs: ["packages/contract", "frontend"], output: "frontend/.next/BUILD_ID" },
];

const skipped = new Set(["node_modules", "dist", ".next", "coverage", "next-env.d.ts", "tsconfig.tsbuildinfo"]);

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else yield file;
  }
}

function fingerprint(inputs) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of [
    path.join(root, "package-lock.json"),
    path.join(root, "scripts/bundle.mjs"),
    ...inputs.flatMap((input) => [...filesBelow(path.join(root, input))]),
  ])
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

/** Builds what changed since it was last built. @param only names, or all */
export function buildWhatChanged(only = builds.map((build) => build.name)) {
  const cache = path.join(root, ".cache", "build");
  mkdirSync(cache, { recursive: true });
  for (const { name, inputs, output } of builds.filter((build) => only.includes(build.name))) {
    const stamp = path.join(cache, name);
    const now = fingerprint(inputs);
    if (existsSync(path.join(root, output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) continue;
    console.log(`Building ${name}…`);
    const { status, stdout, stderr } = spawnSync(
      "npm",
      ["run", "build", "--silent", "--workspace", `@connectbest/${name}`],
      {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      },
    );
    if (status !== 0) fail(`${stdout}\n${stderr}\nBuilding ${name} failed: the lines above say why.`);
    writeFileSync(stamp, now);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstall();
  buildWhatChanged(process.argv.length > 2 ? process.argv.slice(2) : undefined);
}
