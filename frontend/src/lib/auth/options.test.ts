import type { JWT } from "next-auth/jwt";
import { authOptions } from "./options";

const { callbacks } = authOptions();
type Arguments<Name extends "jwt" | "session"> = Parameters<NonNullable<NonNullable<typeof callbacks>[Name]>>[0];

test("the cookie takes the bearer at sign-in and keeps it", async () => {
  const user = { id: "u1", name: "Ada", email: "a@b.c", apiToken: "bearer", apiTokenExpiresAt: "2026-01-01" };
  const token = await callbacks?.jwt?.({ token: { name: "Ada" }, user } as unknown as Arguments<"jwt">);
  expect(token).toMatchObject({ sub: "u1", apiToken: "bearer" });
  expect(await callbacks?.jwt?.({ token } as Arguments<"jwt">)).toEqual(token);
});

test("the page is told who it is, and never the bearer", async () => {
  const token: JWT = { sub: "u1", name: "Ada", email: "a@b.c", apiToken: "bearer", apiTokenExpiresAt: "x" };
  const session = { expires: "2026-01-01", user: { name: "Ada", email: "a@b.c" } };
  const answer = await callbacks?.session?.({ session, token } as unknown as Arguments<"session">);
  expect(answer).toEqual({ expires: "2026-01-01", user: { id: "u1", name: "Ada" } });
});

test("every cookie is away from scripts and stays on this site", () => {
  const cookies = Object.values(authOptions().cookies ?? {});
  expect(cookies).toHaveLength(6);
  for (const { options } of cookies)
    expect(options).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", secure: false });
});

test("under https every cookie belongs to this very host", async () => {
  process.env["NEXTAUTH_URL"] = "https://chat.example.com";
  await jest.isolateModulesAsync(async () => {
    const { authOptions: secureOptions } = await import("./options");
    for (const { name, options } of Object.values(secureOptions().cookies ?? {})) {
      expect(name).toMatch(/^__Host-next-auth\./);
      expect(options).toMatchObject({ secure: true, path: "/" });
      expect(options).not.toHaveProperty("domain");
    }
  });
  delete process.env["NEXTAUTH_URL"];
});

test.each([
  ["/chat/1?a=b", "/chat/1?a=b"],
  ["http://localhost:3000/chat", "/chat"],
  ["http://localhost:3000.evil.example/chat", "/chat"],
  ["http://localhost:3000@evil.example/chat", "/chat"],
  ["https://evil.example", "/chat"],
  ["//evil.example", "/chat"],
])("after signing in, %s is %s of this site", async (url, path) => {
  expect(await callbacks?.redirect?.({ url, baseUrl: "http://localhost:3000" })).toBe(`http://localhost:3000${path}`);
});

test("without keys there is no Google", () => {
  expect(authOptions().providers.map((provider) => provider.options?.id ?? provider.id)).toEqual([
    "credentials",
    "two-factor",
  ]);
});
