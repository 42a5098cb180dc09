import { hear, settle } from "./level";

const level = (rev: number) => ({ level: rev, ahead: [] as readonly number[], head: rev });

test("the next revision raises the level", () => {
  expect(hear(level(4), 5)).toEqual({ level: 5, ahead: [], head: 5 });
});

test("a jump leaves a gap, and the missing revision closes it", () => {
  const gap = hear(level(4), 7);
  expect(gap).toEqual({ level: 4, ahead: [7], head: 7 });
  const nearly = hear(gap, 5);
  expect(nearly.level).toBe(5);
  expect(hear(nearly, 6)).toEqual({ level: 7, ahead: [], head: 7 });
});

test("what was heard before changes nothing", () => {
  const known = hear(level(4), 7);
  expect(hear(known, 7)).toBe(known);
  expect(hear(known, 3)).toBe(known);
});

test("a sync closes every gap below its revision", () => {
  expect(settle(hear(hear(level(4), 7), 9), 8)).toEqual({ level: 9, ahead: [], head: 9 });
  expect(settle(level(9), 8)).toEqual(level(9));
});
