import { contentSecurityPolicy } from "./content-security-policy";

const options = {
  nonce: "abc",
  realtimeOrigin: "wss://live.example.com",
  filesOrigin: null,
  assetOrigin: null,
  isSecure: true,
  isProduction: true,
};

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

test("files in S3 may be shown and read, and nothing else may come from there", () => {
  const filesOrigin = "https://files.s3.eu-central-1.amazonaws.com";
  const policy = contentSecurityPolicy({ ...options, filesOrigin });
  const allowed = policy.split("; ").filter((directive) => directive.includes(filesOrigin));
  expect(allowed.map((directive) => directive.split(" ")[0])).toEqual(["img-src", "media-src", "connect-src"]);
});

test("what never changes may come from another server of ours, and no file of anybody's", () => {
  const assetOrigin = "https://assets.example.com";
  const policy = contentSecurityPolicy({ ...options, assetOrigin });
  const allowed = policy.split("; ").filter((directive) => directive.includes(assetOrigin));
  expect(allowed.map((directive) => directive.split(" ")[0])).toEqual([
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
  ]);
});
