import { contentSecurityPolicy } from "./content-security-policy";

const options = { nonce: "abc", realtimeOrigin: "wss://live.example.com", isSecure: true, isProduction: true };

test("in production no inline or evaluated code has an exception", () => {
  const policy = contentSecurityPolicy(options);
  expect(policy).not.toMatch(/unsafe/);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  for (const closed of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(closed);
});

test("pages may talk to their own site and to the WebSocket", () => {
  expect(contentSecurityPolicy(options)).toContain("connect-src 'self' wss://live.example.com;");
});

test("only an https site upgrades what it links to", () => {
  expect(contentSecurityPolicy(options)).toContain("upgrade-insecure-requests");
  expect(contentSecurityPolicy({ ...options, isSecure: false })).not.toContain("upgrade-insecure-requests");
});
