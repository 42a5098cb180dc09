import type mongoose from "mongoose";
import { leftOut } from "./manifest";

type Db = mongoose.mongo.Db;

const ownersOnly = (name: string): boolean => name.startsWith("system.");

/** What would be lost: the collections with documents in them, leaving out what the API writes into an empty database. */
export async function contentsOf(db: Db): Promise<{ name: string; documents: number }[]> {
  const found = await db.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
  const names = found.map(({ name }) => name).filter((name) => !(name in leftOut) && name !== "migrations");
  const counts: { name: string; documents: number }[] = [];
  for (const name of names.filter((one) => !ownersOnly(one)).sort()) {
    const documents = await db.collection(name).countDocuments();
    if (documents > 0) counts.push({ name, documents });
  }
  return counts;
}

/** Removes every collection but the mark that a restore is under way. */
export async function clear(db: Db): Promise<void> {
  const found = await db.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
  for (const { name } of found) if (name !== "restores" && !ownersOnly(name)) await db.dropCollection(name);
}
