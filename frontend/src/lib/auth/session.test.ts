import { encode } from "next-auth/jwt";
import { config } from "@/config";
import { sessionCookieName } from "./cookies";
import { readSession } from "./session";

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const sealed = (token: Record<string, unknown>, secret = config().authSecret) => encode({ token, secret });
const jar = (...cookies: [string, string][]) => ({ getAll: () => cookies.map(([name, value]) => ({ name, value })) });
const good = { sub: "u1", name: "Ada", apiToken: "bearer", apiTokenExpiresAt: "" };

test("a cookie of ours tells who it is", async () => {
  const cookie = await sealed({ ...good, apiTokenExpiresAt: inAnHour() });
  expect(await readSession(jar([sessionCookieName(), cookie]))).toEqual({
    userId: "u1",
    name: "Ada",
    bearer: "bearer",
  });
});

test("a cookie in pieces is put together", async () => {
  const cookie = await sealed({ ...good, apiTokenExpiresAt: inAnHour() });
  const name = sessionCookieName();
  const pieces = jar([`${name}.1`, cookie.slice(80)], [`${name}.0`, cookie.slice(0, 80)]);
  expect((await readSession(pieces))?.userId).toBe("u1");
});

test.each([
  ["none", async () => null],
  ["junk", async () => "junk"],
  ["junk that looks like one", async () => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC"],
  ["one of another secret", async () => sealed({ ...good, apiTokenExpiresAt: inAnHour() }, "x".repeat(40))],
  ["one whose bearer has run out", async () => sealed({ ...good, apiTokenExpiresAt: new Date(0).toISOString() })],
  ["one without a bearer", async () => sealed({ sub: "u1", name: "Ada" })],
])("%s opens nothing", async (_, make) => {
  const cookie = await make();
  expect(await readSession(cookie === null ? jar() : jar([sessionCookieName(), cookie]))).toBeNull();
});
