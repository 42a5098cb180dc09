import { writeFile } from "node:fs/promises";
import { schemaText } from "../schema/describe-schema";
import { runTool, say } from "./run-tool";

/** What the models say of every collection, for reviews and for other programs; needs no database. */
runTool(
  { usage: "npm run db:export-schema [-- --out <file>]", options: { out: { type: "string" } } },
  async ({ values }) => {
    const { out } = values;
    if (typeof out !== "string") process.stdout.write(schemaText());
    else {
      await writeFile(out, schemaText());
      say(`Wrote ${out}.`);
    }
    return 0;
  },
);
