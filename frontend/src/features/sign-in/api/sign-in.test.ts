import { textOf } from "@/lib/text/server-text";
import { translator } from "@/lib/text/translate";
import type { Translate } from "@/lib/text/translate";
import { signInErrorSentence } from "./google-sentences";
import { linkSentence, post } from "./post";
import { signInSentence } from "./sentences";

const [t, german] = (["en", "de"] as const).map((language) =>
  translator(language, textOf(language, "ui", "sign-in").messages),
) as [Translate, Translate];

test("a wait is told in seconds, minutes or hours", () => {
  expect(signInSentence(t, "rate_limited.840")).toContain("in 14 minutes");
  expect(signInSentence(t, "rate_limited.80000")).toContain("in 23 hours");
  expect(signInSentence(t, "rate_limited.60")).toContain("in a minute");
  expect(signInSentence(t, "rate_limited.20")).toContain("in 20 seconds");
  expect(signInSentence(t, "rate_limited")).toContain("in a few minutes");
});

test("a wait is told in the visitor's language", () => {
  expect(signInSentence(german, "rate_limited.840")).toContain("in 14 Minuten");
});

test("what is not known is still a sentence", () => {
  expect(signInSentence(t, "Whatever")).toMatch(/^[A-Z].*\.$/);
  expect(signInErrorSentence(t, "OAuthCallback")).toMatch(/^[A-Z].*\.$/);
  expect(signInErrorSentence(t, "google.toString")).toMatch(/^[A-Z].*\.$/);
  expect(signInErrorSentence(t, undefined)).toBeNull();
});

test("Google's failures have sentences of their own, and waits", () => {
  expect(signInErrorSentence(t, "google.conflict")).toContain("password");
  expect(signInErrorSentence(t, "google.rate_limited.120")).toContain("in 2 minutes");
});

test("what the server says of a mailed link is for those who read English", () => {
  const problem = { code: "invalid_request", sentence: "", fields: { token: "This link is too old." } } as const;
  expect(linkSentence(t, problem)).toBe("This link is too old.");
  expect(linkSentence(german, problem)).toBe(german("link.dead"));
  expect(linkSentence(german, { ...problem, sentence: "Gibt es nicht.", fields: {} })).toBe("Gibt es nicht.");
});

describe("a form's call", () => {
  const answerWith = (status: number, body: unknown) => {
    globalThis.fetch = jest.fn(async () => Response.json(body, { status })) as unknown as typeof fetch;
  };

  test("puts the server's words beside the fields", async () => {
    const details = [{ path: "body.password", message: "This password is too common." }];
    answerWith(400, { error: "Check what you sent.", code: "invalid_request", requestId: "r", details });
    expect(await post("register", {})).toEqual({
      ok: false,
      problem: { code: "invalid_request", sentence: "", fields: { password: "This password is too common." } },
    });
  });

  test("repeats what the server says of a limit", async () => {
    answerWith(429, { error: "Try again in 5 minutes.", code: "rate_limited", requestId: "r" });
    expect(await post("forgot-password", {})).toMatchObject({ problem: { sentence: "Try again in 5 minutes." } });
  });

  test("without an answer is a sentence too", async () => {
    globalThis.fetch = jest.fn(async () => Promise.reject(new TypeError("Failed to fetch"))) as unknown as typeof fetch;
    expect(await post("register", {})).toMatchObject({ ok: false, problem: { code: "network" } });
  });
});
