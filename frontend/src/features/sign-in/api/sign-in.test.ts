import { strengthOf } from "./password-strength";
import { signInSentence } from "./sentences";

test("a wait is told in minutes", () => {
  expect(signInSentence("rate_limited.840")).toContain("in 14 minutes");
  expect(signInSentence("rate_limited.20")).toContain("in a minute");
  expect(signInSentence("rate_limited")).toContain("in a few minutes");
});

test("what is not known is still a sentence", () => {
  expect(signInSentence("Whatever")).toMatch(/^[A-Z].*\.$/);
});

test("strength grows with length and variety, and repetition is weak", () => {
  const scores = ["short", "lowercase", "lowercase words", "Longer words 7 and", "aaaaaaaaaaaaaaaaaaaa"].map(
    (password) => strengthOf(password).score,
  );
  expect(scores).toEqual([0, 1, 2, 4, 1]);
});
