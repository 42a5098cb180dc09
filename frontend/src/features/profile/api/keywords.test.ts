import { keywordsIn } from "./keywords";

test("keywords stand between commas, each once", () => {
  expect(keywordsIn(" launch, plan B ,,launch,")).toEqual(["launch", "plan B"]);
  expect(keywordsIn(" , ")).toEqual([]);
});
