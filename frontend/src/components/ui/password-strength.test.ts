import { strengthOf } from "./password-strength";

test("strength grows with length and variety, and repetition is weak", () => {
  const strengths = ["short", "lowercase", "lowercase words", "Longer words 7 and", "aaaaaaaaaaaaaaaaaaaa"].map(
    strengthOf,
  );
  expect(strengths).toEqual([
    { score: 0, key: "strength.short" },
    { score: 1, key: "strength.weak" },
    { score: 2, key: "strength.fair" },
    { score: 4, key: "strength.strong" },
    { score: 1, key: "strength.weak" },
  ]);
});
