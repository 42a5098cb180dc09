import { strengthOf } from "./password-strength";

test("strength grows with length and variety, and repetition is weak", () => {
  const scores = ["short", "lowercase", "lowercase words", "Longer words 7 and", "aaaaaaaaaaaaaaaaaaaa"].map(
    (password) => strengthOf(password).score,
  );
  expect(scores).toEqual([0, 1, 2, 4, 1]);
});
