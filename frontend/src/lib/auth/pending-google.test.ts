import { forgetPendingGoogle, openPendingGoogle, pendingGoogleCookieName, sealPendingGoogle } from "./pending-google";

const pending = { idToken: "header.payload.signature", nonce: "a-nonce-of-some-length" };

test("is kept encrypted, for five minutes, away from scripts", async () => {
  const line = (await sealPendingGoogle(pending)) ?? "";
  expect(line).toMatch(/; Max-Age=300; HttpOnly; SameSite=Lax$/);
  expect(line).not.toContain("payload");
  const value = line.slice(pendingGoogleCookieName().length + 1, line.indexOf(";"));
  expect(await openPendingGoogle(value)).toEqual(pending);
});

test.each([undefined, "", "junk"])("%j holds nothing", async (value) => {
  expect(await openPendingGoogle(value)).toBeNull();
});

test("what no cookie can hold is not tried", async () => {
  expect(await sealPendingGoogle({ ...pending, idToken: "x".repeat(4000) })).toBeNull();
});

test("is forgotten by an empty one", () => {
  expect(forgetPendingGoogle()).toContain("=; Path=/; Max-Age=0");
});
