// Asks a running system what only a whole one can answer: node scripts/smoke.mjs https://chat.example.com [--commit <sha>]
// With SMOKE_TOKEN set (a personal access token) it also opens a WebSocket. It writes nothing.
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { commit: { type: "string" }, attempts: { type: "string", default: "10" } },
});
const [address] = positionals;
if (!address || !URL.canParse(address)) {
  console.error("Where is it? node scripts/smoke.mjs https://chat.example.com");
  process.exit(2);
}
const base = address.replace(/\/+$/, "");
const token = process.env.SMOKE_TOKEN;

const ask = (path, options = {}) =>
  fetch(`${base}${path}`, { redirect: "manual", signal: AbortSignal.timeout(15_000), ...options });

function expect(what, holds) {
  if (!holds) throw new Error(what);
}

const checks = {
  "the API is alive": async () => {
    const response = await ask("/api/health");
    expect(`GET /api/health answered ${response.status}`, response.status === 200);
    const { commit } = await response.json();
    if (values.commit) expect(`the commit is ${commit}, not ${values.commit}`, commit === values.commit);
  },
  "its database answers": async () => {
    const response = await ask("/api/health/ready");
    expect(`GET /api/health/ready answered ${response.status}`, response.status === 200);
  },
  "the sign-in page comes with its policy and its files": async () => {
    const response = await ask("/login");
    expect(`GET /login answered ${response.status}`, response.status === 200);
    expect("no Content-Security-Policy", response.headers.get("content-security-policy")?.includes("'strict-dynamic'"));
    const [script] = (await response.text()).match(/[^"]*\/_next\/static\/[^"]+\.js/) ?? [];
    expect("the page names no script", script);
    const file = await fetch(new URL(script, base), { signal: AbortSignal.timeout(15_000) });
    expect(`GET ${script} answered ${file.status}`, file.status === 200);
    expect(`${script} is not immutable`, file.headers.get("cache-control")?.includes("immutable"));
  },
  "next-auth answers": async () => {
    const response = await ask("/api/auth/providers");
    expect(`GET /api/auth/providers answered ${response.status}`, response.status === 200);
    expect("there is no sign-in by password", "credentials" in (await response.json()));
  },
  "strangers are refused, by either way to the API": async () => {
    for (const headers of [{}, { authorization: "Bearer nobody" }]) {
      const response = await ask("/api/users/me", { headers });
      expect(`GET /api/users/me answered ${response.status}`, response.status === 401);
      expect("the refusal is not in the API's words", (await response.json()).code === "unauthenticated");
    }
  },
  "its description is there": async () => {
    const response = await ask("/api/openapi.json");
    expect(`GET /api/openapi.json answered ${response.status}`, response.status === 200);
  },
};

// With TLS there is a proxy before both programs, which knows who answers what.
if (base.startsWith("https://")) {
  checks["the reference is there"] = async () => {
    const { status } = await ask("/docs");
    expect(`GET /docs answered ${status}`, status === 200);
  };
  checks["http leads to https"] = async () => {
    const response = await fetch(base.replace("https://", "http://"), {
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
    });
    expect(`it answered ${response.status}`, [301, 308].includes(response.status));
    expect("it leads elsewhere", response.headers.get("location")?.startsWith("https://"));
  };
}

if (token)
  checks["a WebSocket opens and answers"] = async () => {
    const response = await ask("/api/realtime/ticket", {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(`POST /api/realtime/ticket answered ${response.status}`, response.ok);
    const { url, ticket } = await response.json();
    const { WebSocket } = await import("ws");
    const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`, { handshakeTimeout: 10_000 });
    try {
      await new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("no answer within 10 s")), 10_000).unref();
        socket.on("open", () => socket.send('{"action":"ping"}'));
        socket.on("message", (data) => data.toString().includes("pong") && resolve());
        socket.on("error", reject);
      });
    } finally {
      socket.terminate();
    }
  };

/** The tasks of before may answer for a moment; what holds then need not be said twice. */
async function attempt(check) {
  for (let left = Number(values.attempts); ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await attempt(check);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.cause?.message ?? error.message}`);
  }
}
console.log(failed === 0 ? `${base} answers as it should.` : `${failed} of ${Object.keys(checks).length} failed.`);
process.exit(failed === 0 ? 0 : 1);
