import { compareSchema } from "../schema/compare-schema";
import type { Difference } from "../schema/difference";
import { ToolProblem } from "./open-database";
import { print, runDatabaseTool, say, type Call } from "./run-tool";

function sampleOf({ sample }: Call["values"]): number | undefined {
  if (sample === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(String(sample)))
    throw new ToolProblem("--sample takes how many documents of each collection.");
  return Number(sample);
}

function printTable(differences: Difference[]): void {
  const rows = differences.map(({ kind, collection, detail, count, ids }) => [
    kind,
    collection,
    count === undefined ? detail : `${count}: ${detail} (${ids?.join(", ")}${count > (ids?.length ?? 0) ? ", …" : ""})`,
  ]);
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  for (const [kind = "", collection = "", detail = ""] of rows)
    print(`${kind.padEnd(width(0))}  ${collection.padEnd(width(1))}  ${detail}`.trimEnd());
}

/** Status 0: level with the models; 1: there are differences; 2: it could not be compared. */
runDatabaseTool(
  {
    usage: "npm run db:compare-schema [-- --sample <documents of each collection>] [--json]",
    options: { sample: { type: "string" }, json: { type: "boolean" } },
    failure: 2,
  },
  async ({ db, place, values, signal }) => {
    const differences = await compareSchema(db, {
      sample: sampleOf(values),
      signal,
      onProgress: (collection, documents) => say(`${collection}: ${documents} documents so far`),
    });
    if (values["json"]) print(JSON.stringify({ database: place, differences }, null, 2));
    else if (differences.length === 0) print(`The database ${place} is as the models say.`);
    else printTable(differences);
    return differences.length === 0 ? 0 : 1;
  },
);
