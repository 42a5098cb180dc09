import { routes } from "@connectbest/contract";
import { sendRaw, speak, type RawAnswer } from "../src/raw";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

const publicUrl = "https://chat.test";
let system: System;
let person: Person;
let cookies: string;
beforeAll(async () => {
  system = await System.start({ PUBLIC_URL: publicUrl });
  person = await Person.signUp(system, "Owner");
  cookies = await signIn();
}, 120_000);
afterAll(() => system?.stop());

const visit = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  sendRaw(system.web.replace("localhost", "127.0.0.1") + path, { headers });
const post = (path: string, headers: Record<string, string>, body: string): Promise<RawAnswer> =>
  sendRaw(system.web.replace("localhost", "127.0.0.1") + path, { method: "POST", headers, body });

const setCookies = ({ headers }: RawAnswer): string[] => headers["set-cookie"] ?? [];
const crumbs = (answer: RawAnswer): string[] => setCookies(answer).map((cookie) => cookie.split(";")[0] ?? "");
const form = { "content-type": "application/x-www-form-urlencoded" };

/** As the sign-in page does it. @returns the cookies of a browser that is signed in */
async function signIn(): Promise<string> {
  const csrf = await visit("/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const cookie = crumbs(csrf).join("; ");
  const fields = { csrfToken, email: person.email, password: person.password, json: "true" };
  const answer = await post(
    "/api/auth/callback/credentials",
    { ...form, cookie, origin: publicUrl },
    new URLSearchParams(fields).toString(),
  );
  expect(answer.status).toBe(200);
  for (const made of [...setCookies(csrf), ...setCookies(answer)]) madeCookies.push(made);
  return [...crumbs(csrf), ...crumbs(answer)].join("; ");
}
const madeCookies: string[] = [];

const open = [
  "/login",
  "/register",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/unsubscribe",
  "/two-factor",
  "/no-such-page",
  "/login/%E0%A4%A",
];
const guarded = ["/chat", `/chat/${"f".repeat(24)}`, "/settings/security", "/settings/profile"];

describe("every page", () => {
  it("32. comes with a policy of its own nonce, and everything else that browsers can be told", async () => {
    const nonces = new Set<string>();
    const answers = [
      ...(await Promise.all(open.map((path) => visit(path)))),
      ...(await Promise.all(guarded.map((path) => visit(path, { cookie: cookies })))),
    ];
    for (const [i, { status, headers, text }] of answers.entries()) {
      const path = [...open, ...guarded][i];
      const policy = String(headers["content-security-policy"] ?? "");
      expect([path, status < 500]).toEqual([path, true]);
      expect([path, headers["x-powered-by"]]).toEqual([path, undefined]);
      expect([path, headers["x-content-type-options"]]).toEqual([path, "nosniff"]);
      expect([path, headers["referrer-policy"]]).toEqual([
        path,
        expect.stringMatching(/^(strict-origin-when-cross-origin|no-referrer|same-origin)$/),
      ]);
      expect([
        path,
        Number(/max-age=(\d+)/.exec(headers["strict-transport-security"] ?? "")?.[1]) >= 31_536_000,
      ]).toEqual([path, true]);
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
      if (!headers["content-type"]?.includes("text/html") || (status >= 300 && status < 400)) continue;
      const nonce = /script-src[^;]*'nonce-([A-Za-z0-9+/=_-]{20,})'/.exec(policy)?.[1];
      expect([path, nonce]).toEqual([path, expect.stringMatching(/.{20}/)]);
      nonces.add(nonce ?? "");
      for (const directive of ["object-src 'none'", "base-uri 'none'"]) expect(policy).toContain(directive);
      expect(/script-src[^;]*/.exec(policy)?.[0]).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:/);
      for (const [script] of text.matchAll(/<script\b[^>]*>/g))
        expect([path, script]).toEqual([path, expect.stringContaining(`nonce="${nonce}"`)]);
      expect(text).not.toMatch(/\son\w+="/);
    }
    expect(nonces.size).toBeGreaterThan(5);
  });

  it("32. of its own kinds of answer too: the API through this site, redirects, files", async () => {
    for (const path of ["/api/auth/me", "/api/health", "/", "/icon.svg", "/api/no-such"]) {
      const { headers } = await visit(path, { cookie: cookies });
      expect([path, headers["x-content-type-options"], headers["x-powered-by"]]).toEqual([path, "nosniff", undefined]);
      expect([path, headers["strict-transport-security"]]).toEqual([path, expect.stringContaining("max-age=31536000")]);
    }
  });

  it("38. is not echoed by TRACE", async () => {
    const port = Number(system.environment["PORT_FRONTEND"]);
    for (const method of ["TRACE", "TRACK"]) {
      const heard = await speak(
        port,
        `${method} /login HTTP/1.1\r\nHost: x\r\nX-Marker: do-not-echo\r\nConnection: close\r\n\r\n`,
      );
      expect([method, heard]).toEqual([method, expect.not.stringMatching(/^HTTP\/1\.1 2|do-not-echo/)]);
    }
  });
});

describe("the cookie of a session", () => {
  it("33. belongs to this host alone, over https alone, and to no script", () => {
    expect(madeCookies.length).toBeGreaterThanOrEqual(2);
    expect(madeCookies.some((cookie) => cookie.includes("session-token="))).toBe(true);
    for (const cookie of madeCookies) {
      expect(cookie).toMatch(/^__Host-/);
      for (const attribute of [/; *Secure/i, /; *HttpOnly/i, /; *SameSite=(Lax|Strict)/i, /; *Path=\/(;|$)/i])
        expect(cookie).toMatch(attribute);
      expect(cookie).not.toMatch(/; *Domain=/i);
    }
  });

  it("33. holds the bearer where nobody can read it, nor any page or answer", async () => {
    const readable = cookies.split(/[=;.]/).map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect(readable.join(" ")).not.toMatch(/"sid"|"sub"|apiToken|connectbest-api/);
    for (const path of ["/chat", "/api/auth/session", "/settings/security"]) {
      const { text, status } = await visit(path, { cookie: cookies });
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toMatch(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/);
      expect(text).not.toContain("apiToken");
    }
  });

  it("33. changes nothing at another site's wish, nor by what a form can send", async () => {
    const json = { "content-type": "application/json" };
    const body = JSON.stringify({ name: "planted", type: "public" });
    const create = (headers: Record<string, string>, text = body) =>
      post("/api/chat/channels", { cookie: cookies, ...headers }, text);
    const foreign = [
      "https://evil.example",
      "null",
      "http://chat.test",
      "https://chat.test.evil.example",
      "https://chat.test:444",
      "",
    ];
    for (const origin of foreign) expect([origin, (await create({ ...json, origin })).status]).toEqual([origin, 403]);
    expect((await create(json)).status).toBe(403);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json", ""])
      expect([type, (await create({ "content-type": type, origin: publicUrl })).status]).toEqual([type, 403]);
    const { channels } = await person.rest.call(routes.browseChannels, { query: { query: "planted" } });
    expect(channels).toEqual([]);
    expect((await create({ ...json, origin: publicUrl })).status).toBe(201);
    for (const [path, method] of [
      ["/api/auth/logout", "POST"],
      ["/api/auth/sessions", "DELETE"],
      ["/api/users/me/status", "PUT"],
    ] as const) {
      const { status } = await sendRaw(system.web.replace("localhost", "127.0.0.1") + path, {
        method,
        headers: { cookie: cookies, origin: "https://evil.example" },
      });
      expect([path, status]).toEqual([path, 403]);
    }
    expect((await visit("/api/auth/me", { cookie: cookies })).status).toBe(200);
  });
});

describe("a protected page", () => {
  const toLogin = async (path: string, headers: Record<string, string>) => {
    const { status, headers: answered, text } = await visit(path, headers);
    const location = new URL(answered.location ?? "/nowhere", publicUrl);
    expect([path, headers, status >= 300 && status < 400, location.pathname]).toEqual([path, headers, true, "/login"]);
    expect(text).not.toContain(person.email);
  };

  it("37. sends everybody to sign in whose cookie is missing, junk, or another's", async () => {
    const name =
      cookies
        .split("; ")
        .find((cookie) => cookie.includes("session-token"))
        ?.split("=")[0] ?? "";
    const whole =
      cookies
        .split("; ")
        .find((cookie) => cookie.startsWith(name))
        ?.slice(name.length + 1) ?? "";
    const junk = [
      "",
      "junk",
      "a.b.c.d.e",
      "null",
      "{}",
      "x".repeat(4000),
      whole.slice(0, -4),
      `${whole.slice(0, -2)}AA`,
      person.rest.token ?? "",
    ];
    for (const path of guarded) {
      await toLogin(path, {});
      for (const value of junk) await toLogin(path, { cookie: `${name}=${value}` });
    }
    expect((await visit("/chat", { cookie: cookies })).status).toBe(200);
  }, 60_000);

  it("37. is not opened by the headers that frameworks speak with themselves", async () => {
    const middleware = "middleware:middleware:middleware:middleware:middleware";
    const headers = [
      { "x-middleware-subrequest": middleware },
      { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
      { "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy" },
      { "x-middleware-rewrite": "/chat" },
      { "x-middleware-next": "1" },
      { "x-invoke-path": "/chat" },
      { "x-matched-path": "/chat" },
      { "x-nextjs-data": "1" },
      { "x-user-id": person.me.id, "x-user-role": "admin" },
    ] as Record<string, string>[];
    for (const header of headers) for (const path of guarded) await toLogin(path, header);
    const { headers: answered } = await visit("/login", { "x-middleware-subrequest": middleware });
    expect(answered["content-security-policy"]).toContain("'nonce-");
  }, 60_000);

  it("37. leads back here after signing in, wherever it was asked to lead", async () => {
    const elsewhere = [
      "//evil.example",
      "///evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "https://evil.example",
      "https:evil.example",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/%09/evil.example",
      "/%5cevil.example",
      "//evil.example@chat.test",
      "/..//evil.example",
      `${publicUrl}.evil.example`,
      `${publicUrl}@evil.example`,
      "data:text/html,x",
    ];
    for (const callbackUrl of elsewhere) {
      const { status, headers } = await visit(`/login?callbackUrl=${encodeURIComponent(callbackUrl)}`, {
        cookie: cookies,
      });
      // As a browser reads it.
      const led = new URL(headers.location ?? "/", publicUrl);
      expect([callbackUrl, status >= 300 && status < 400, led.origin]).toEqual([callbackUrl, true, publicUrl]);
      const out = await post(
        "/api/auth/signout",
        { ...form, cookie: (await fresh()).cookie, origin: publicUrl },
        new URLSearchParams({ csrfToken: (await fresh()).csrfToken, callbackUrl, json: "true" }).toString(),
      );
      const url = out.headers.location ?? (JSON.parse(out.text || "{}") as { url?: string }).url ?? "/";
      expect([callbackUrl, new URL(url, publicUrl).origin]).toEqual([callbackUrl, publicUrl]);
    }
  }, 60_000);

  let csrf: { cookie: string; csrfToken: string } | undefined;
  async function fresh() {
    if (!csrf) {
      const answer = await visit("/api/auth/csrf");
      csrf = { cookie: crumbs(answer).join("; "), ...(JSON.parse(answer.text) as { csrfToken: string }) };
    }
    return csrf;
  }
});
