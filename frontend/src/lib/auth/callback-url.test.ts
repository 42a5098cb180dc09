import { isSignInReason, loginUrl, safeCallbackUrl } from "./callback-url";

test.each(["/chat", "/chat/0123", "/chat/dm/1?panel=members#x"])("%s is a path of this site", (path) => {
  expect(safeCallbackUrl(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example/chat",
  "javascript:alert(1)",
  "chat",
  "/.//evil.example",
  "/api/auth/signout",
  "",
  undefined,
  null,
  ["/chat", "/other"],
])("%j does not lead away", (asked) => {
  expect(safeCallbackUrl(asked)).toBe("/chat");
});

test("the sign-in page is told where from and why, when it matters", () => {
  expect(loginUrl("/chat")).toBe("/login");
  expect(loginUrl("/chat/1", "session_ended")).toBe("/login?reason=session_ended&callbackUrl=%2Fchat%2F1");
});

test("only the known reasons are shown", () => {
  expect(isSignInReason("session_ended")).toBe(true);
  expect(isSignInReason("toString")).toBe(false);
  expect(isSignInReason(["session_ended"])).toBe(false);
});
