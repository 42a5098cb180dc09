// Measures the first-load JavaScript of a finished `next build`: serves it, asks for the pages as a browser would, and adds
// up (gzip, level 9) every script that their HTML loads. Ends with 1 when a page is over its budget.
//   node scripts/bundle-size.mjs
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { encode } = require("next-auth/jwt");

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const secret = "for-measuring-only-and-for-nothing-else-at-all";
const channelId = "0123456789abcdef01234567";

/** Thousands of bytes. */
const budgets = [
  { route: "/login", address: "/login", limit: 115 },
  { route: "/chat/[channelId]", address: `/chat/${channelId}`, limit: 150, signedIn: true },
];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function serve(port) {
  const next = require.resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", String(port)], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    // The API is not needed: pages come without it. Port 9 (discard) refuses at once.
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXTAUTH_SECRET: secret,
      FRONTEND_SECRET: secret,
      NEXTAUTH_URL: `http://127.0.0.1:${port}`,
      API_URL: "http://127.0.0.1:9",
    },
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(`http://127.0.0.1:${port}/login`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error("The built frontend did not start: run `next build` first.");
}

async function sessionCookie() {
  const apiTokenExpiresAt = new Date(Date.now() + 60_000).toISOString();
  const token = { sub: channelId, name: "Measure", apiToken: "none", apiTokenExpiresAt };
  return `next-auth.session-token=${await encode({ token, secret })}`;
}

/** The scripts that the page loads by itself; `noModule` ones are for browsers older than modules. */
function scriptsIn(html) {
  const tags = html.match(/<script\b[^>]*\bsrc="\/_next\/[^"]+"[^>]*>/g) ?? [];
  const sources = tags.filter((tag) => !/\bnomodule\b/i.test(tag)).map((tag) => /src="\/_next\/([^"?]+)/.exec(tag)[1]);
  return [...new Set(sources)];
}

const gzipped = (source) =>
  gzipSync(readFileSync(path.join(root, ".next", decodeURIComponent(source))), { level: 9 }).length;

const port = await freePort();
const server = await serve(port);
let isOver = false;
try {
  for (const { route, address, limit, signedIn } of budgets) {
    const headers = signedIn ? { cookie: await sessionCookie() } : {};
    const response = await fetch(`http://127.0.0.1:${port}${address}`, { headers, redirect: "manual" });
    if (response.status !== 200) throw new Error(`${route} answered ${response.status}.`);
    const scripts = scriptsIn(await response.text());
    if (scripts.length === 0) throw new Error(`${route} loads no script at all: the measurement is broken.`);
    const size = scripts.reduce((sum, source) => sum + gzipped(source), 0);
    const verdict = size <= limit * 1000 ? "ok" : "OVER";
    isOver ||= verdict === "OVER";
    console.log(`${route}: ${(size / 1000).toFixed(1)} kB of ${limit} kB, ${scripts.length} scripts: ${verdict}`);
  }
} finally {
  server.kill();
}
process.exit(isOver ? 1 : 0);
