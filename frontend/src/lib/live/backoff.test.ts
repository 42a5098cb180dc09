import fc from "fast-check";
import { backoff } from "./backoff";

test("doubles from half a second to half a minute", () => {
  const longest = [0, 1, 2, 5, 6, 50].map((attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000]);
});

test("full jitter: anything from nothing to the longest", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const wait = backoff(attempt, () => chance);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(30_000);
    }),
  );
});
