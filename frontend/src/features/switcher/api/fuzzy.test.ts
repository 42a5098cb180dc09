import { fitOf, folded } from "./fuzzy";

const fit = (name: string, text: string) => fitOf(name, folded(text));

test("marks and capitals do not matter", () => {
  expect(folded("Müller-Łódź É")).toBe("muller-łodz e");
  expect(fit("Jörg Müller", "jorg mul")).toBeGreaterThan(0);
  expect(fit("JÖRG", "jörg")).toBe(fit("jorg", "jorg"));
});

test("the whole name, its beginning, a word's beginning, two words, a piece, its letters, nothing: in this order", () => {
  const ranks = [
    fit("launch", "launch"),
    fit("launch-party", "launch"),
    fit("plan-launch", "launch"),
    fit("plan the-launch", "plan lau"),
    fit("relaunch", "launch"),
    fit("plan-the-unique-chat", "launch"),
    fit("general", "launch"),
  ];
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  expect(new Set(ranks).size).toBe(ranks.length);
  expect(ranks.at(-1)).toBe(0);
});

test("a few letters in their order are enough, in another order they are not", () => {
  expect(fit("plan-launch", "plnch")).toBeGreaterThan(0);
  expect(fit("plan-launch", "hcnlp")).toBe(0);
});

test("letters that begin words fit better than letters anywhere", () => {
  expect(fit("big-data-lab", "bdl")).toBeGreaterThan(fit("abandoned-lab", "bdl"));
});

test("letters that are far apart are an accident", () => {
  expect(fit("a very long name of nobody called xyz", "az")).toBe(0);
});

test("every name fits no word, none better than another", () => {
  expect(fit("a", "")).toBe(fit("bcd", ""));
  expect(fit("a", "")).toBeGreaterThan(0);
});
