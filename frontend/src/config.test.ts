import { parseConfig } from "./config";

const secret = "a-random-string-of-more-than-32-characters";

test("development needs nothing", () => {
  expect(parseConfig({})).toMatchObject({ apiUrl: "http://127.0.0.1:5001", secureCookies: false });
});

test.each([undefined, "", "short", "development-only-secret-never-use-it-anywhere-else"])(
  "production refuses the secret %j and names the variable",
  (NEXTAUTH_SECRET) => {
    expect(() => parseConfig({ NODE_ENV: "production", NEXTAUTH_SECRET })).toThrow(/NEXTAUTH_SECRET must be set/);
  },
);

test("every wrong variable is named", () => {
  const environment = { NODE_ENV: "production", NEXTAUTH_SECRET: secret, API_URL: "nowhere", NEXTAUTH_URL: "" };
  expect(() => parseConfig(environment)).toThrow(/API_URL.*NEXTAUTH_URL/);
});

test("cookies are secure where people come by https", () => {
  const environment = { NODE_ENV: "production", NEXTAUTH_SECRET: secret, NEXTAUTH_URL: "https://chat.example.com" };
  expect(parseConfig({ ...environment, API_URL: "http://api:5001/" })).toEqual({
    apiUrl: "http://api:5001",
    publicUrl: "https://chat.example.com",
    secureCookies: true,
    authSecret: secret,
  });
});
