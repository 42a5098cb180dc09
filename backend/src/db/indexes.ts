import mongoose, { type Schema } from "mongoose";

type Db = mongoose.mongo.Db;

/** An index, by what makes it another: two with the same name and other options are not the same. */
export interface Index {
  name: string;
  key: Record<string, unknown>;
  options: Record<string, unknown>;
}

/** What a server adds to an index, or a driver to a wish for one, without changing what it does. */
const incidental = new Set(["v", "ns", "name", "key", "background"]);

function indexOf(name: string, key: Record<string, unknown>, all: Record<string, unknown>): Index {
  const options = Object.entries(all).filter(([option, value]) => !incidental.has(option) && value !== false);
  return { name, key, options: Object.fromEntries(options.sort(([one], [other]) => (one < other ? -1 : 1))) };
}

const nameOf = (key: Record<string, unknown>): string =>
  Object.entries(key)
    .map(([field, kind]) => `${field}_${String(kind)}`)
    .join("_");

/** Those that a model asks for, by name; `_id_` is every collection's own. */
export const wantedIndexes = (schema: Schema): Index[] =>
  schema
    .indexes()
    .map(([key, options]) => indexOf(options.name ?? nameOf(key), { ...key }, { ...options }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));

const isMissingCollection = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.codeName === "NamespaceNotFound";

/** Those that a collection has; none where there is no such collection. */
export async function foundIndexes(db: Db, collection: string): Promise<Index[]> {
  const found = await db
    .collection(collection)
    .listIndexes()
    .toArray()
    .catch((error: unknown) => {
      if (isMissingCollection(error)) return [];
      throw error;
    });
  return found
    .filter(({ name }) => name !== "_id_")
    .map((index) => indexOf(String(index["name"]), index["key"] as Index["key"], index))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The order of a key's fields counts. */
export const isSameIndex = (one: Index, other: Index): boolean =>
  JSON.stringify([Object.entries(one.key), one.options]) === JSON.stringify([Object.entries(other.key), other.options]);
