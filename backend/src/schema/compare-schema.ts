import type mongoose from "mongoose";
import { foundIndexes, isSameIndex, wantedIndexes, type Index } from "../db/indexes";
import { migrations, migrationState } from "../migrations";
import { allModels } from "../models";
import { checkDocuments, type CheckOptions } from "./check-documents";
import type { Difference } from "./difference";

type Db = mongoose.mongo.Db;

/** Collections that no model speaks of: the database's own, and what keeps account of migrations and restores. */
const isHousekeeping = (name: string): boolean =>
  name.startsWith("system.") || ["migrations", "restores"].includes(name);

const inWords = ({ name, key, options }: Index): string => `${name} ${JSON.stringify(key)} ${JSON.stringify(options)}`;

function compareIndexes(collection: string, wanted: Index[], found: Index[]): Difference[] {
  const isThere = (list: Index[], { name }: Index) => list.find((other) => other.name === name);
  const differences: Difference[] = [];
  for (const index of wanted) {
    const other = isThere(found, index);
    if (!other) differences.push({ kind: "missing index", collection, detail: inWords(index) });
    else if (!isSameIndex(index, other))
      differences.push({
        kind: "different index",
        collection,
        detail: `${inWords(other)}, should be ${inWords(index)}`,
      });
  }
  for (const index of found)
    if (!isThere(wanted, index)) differences.push({ kind: "extra index", collection, detail: inWords(index) });
  return differences;
}

async function compareMigrations(db: Db): Promise<Difference[]> {
  const { pending, unknown } = await migrationState(db, migrations);
  return [
    ...pending.map((detail): Difference => ({ kind: "pending migration", collection: "migrations", detail })),
    ...unknown.map((detail): Difference => ({ kind: "unknown migration", collection: "migrations", detail })),
  ];
}

/** Everything in which a database is other than the models say; it is only read. */
export async function compareSchema(db: Db, options: CheckOptions = {}): Promise<Difference[]> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const known = new Set(allModels().map(({ collection }) => collection.collectionName));
  const differences = await compareMigrations(db);
  for (const collection of [...there].sort())
    if (!known.has(collection) && !isHousekeeping(collection))
      differences.push({ kind: "unknown collection", collection, detail: "" });
  for (const { schema, collection: own } of allModels()) {
    const collection = own.collectionName;
    if (!there.has(collection)) differences.push({ kind: "missing collection", collection, detail: "" });
    else differences.push(...compareIndexes(collection, wantedIndexes(schema), await foundIndexes(db, collection)));
  }
  return [...differences, ...(await checkDocuments(db, there, options))];
}
