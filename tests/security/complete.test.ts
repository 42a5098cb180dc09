import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { later, untested } from "./later";

const numbers = Array.from({ length: 40 }, (_, i) => i + 1);

/** The numbers with which the tests of this folder name the checks that they make. */
function tested(): Set<number> {
  const files = readdirSync(__dirname).filter((name) => name.endsWith(".test.ts"));
  const sources = files.map((name) => readFileSync(path.join(__dirname, name), "utf8"));
  const names = sources.flatMap((source) => [...source.matchAll(/\bit(?:\.each\([\s\S]*?\))?\(\s*["'`](\d+)\. /g)]);
  return new Set(names.map(([, number]) => Number(number)));
}

describe("the forty checks", () => {
  it("are each made by a test, or waiting for something that is named", () => {
    const found = tested();
    expect(numbers.filter((number) => !found.has(number))).toEqual(untested);
    for (const number of untested) expect(later[number]).toMatch(/\w+/);
    for (const number of Object.keys(later)) expect(numbers).toContain(Number(number));
  });
});
