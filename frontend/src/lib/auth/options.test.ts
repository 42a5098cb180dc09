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

test("the cookie is httpOnly and stays on this site", () => {
  expect(authOptions().cookies?.sessionToken?.options).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/" });
});
