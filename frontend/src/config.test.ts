import { parseConfig } from "./config";

const secret = "a-random-string-of-more-than-32-characters";
const production = { NODE_ENV: "production", NEXTAUTH_SECRET: secret, FRONTEND_SECRET: secret };

test("development needs nothing", () => {
  expect(parseConfig({})).toMatchObject({
    apiUrl: "http://127.0.0.1:5001",
    secureCookies: false,
    trustedProxies: 0,
    realtimeOrigin: "ws://localhost:8081",
    google: null,
  });
});

describe.each(["NEXTAUTH_SECRET", "FRONTEND_SECRET"])("production refuses, and names, a %s", (name) => {
  test.each([
    undefined,
    "",
    "short",
    "development-only-secret-never-use-it-anywhere-else",
    "please-change-me-please-change-me-please",
    "CHANGEME-CHANGEME-with-more-letters-behind",
    "your-secret-here-with-many-more-characters",
    "0123456".repeat(6),
  ])("of %j", (value) => {
    expect(() => parseConfig({ ...production, [name]: value })).toThrow(`${name} must be set`);
  });
});

test("every wrong variable is named", () => {
  const environment = { ...production, API_URL: "nowhere", NEXTAUTH_URL: "x", TRUSTED_PROXIES: "-1" };
  expect(() => parseConfig(environment)).toThrow(/API_URL.*NEXTAUTH_URL.*TRUSTED_PROXIES/);
  expect(() => parseConfig({ REALTIME_URL: "https://live.example.com" })).toThrow(/REALTIME_URL/);
});

test("cookies are secure where people come by https", () => {
  const environment = { ...production, NEXTAUTH_URL: "https://chat.example.com", API_URL: "http://api:5001/" };
  expect(parseConfig(environment)).toMatchObject({
    apiUrl: "http://api:5001",
    publicUrl: "https://chat.example.com",
    secureCookies: true,
    authSecret: secret,
  });
});

test("Google takes both keys or neither", () => {
  const keys = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "shh" };
  expect(parseConfig(keys).google).toEqual({
    clientId: "id",
    clientSecret: "shh",
    issuer: "https://accounts.google.com",
  });
  expect(parseConfig({ ...keys, GOOGLE_ISSUER: "http://127.0.0.1:9/" }).google?.issuer).toBe("http://127.0.0.1:9");
  expect(() => parseConfig({ ...keys, GOOGLE_CLIENT_SECRET: "" })).toThrow(/GOOGLE_CLIENT_SECRET/);
});

test("a build is told of as the image names it", () => {
  const environment = { ...production, BUILD_VERSION: "1.2.3", BUILD_COMMIT: "abc", BUILD_TIME: "" };
  expect(parseConfig(environment).build).toEqual({ version: "1.2.3", commit: "abc", buildTime: null });
});
