import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import mongoose from "mongoose";
import { allModels } from "./models";

const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

/** The collections of which a source makes models: the third argument, or the one after the schema. */
const collectionsIn = (file: string): string[] =>
  [...readFileSync(path.join(__dirname, file), "utf8").matchAll(/mongoose\.model<[\s\S]*?"(\w+)",?\s*\);/g)].map(
    ([, name]) => name ?? "",
  );

it("all models there are in the sources are listed in models.ts", () => {
  const made = sources.flatMap(collectionsIn);
  expect(made.length).toBeGreaterThan(35);
  expect(made.length).toBe(
    sources
      .map((file) => readFileSync(path.join(__dirname, file), "utf8").split("mongoose.model<").length - 1)
      .reduce((a, b) => a + b),
  );
  // Nothing else is read here: what is registered is what models.ts reads.
  expect(allModels().map(({ collection }) => collection.collectionName)).toEqual(made.sort());
  expect(mongoose.modelNames()).toHaveLength(made.length);
});

it("every file of the kind x.model.ts is listed in models.ts", () => {
  const list = readFileSync(path.join(__dirname, "models.ts"), "utf8");
  const files = sources.filter((file) => file.endsWith(".model.ts"));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) expect(list).toContain(`import "./${file.replace(/\\/g, "/").replace(/\.ts$/, "")}";`);
});
