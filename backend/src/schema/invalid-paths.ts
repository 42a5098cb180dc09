import mongoose, { type SchemaType } from "mongoose";

type Document = mongoose.mongo.BSON.Document;
type AnyModel = (typeof mongoose.models)[string];

/** What is wrong at one place of a document; in words without its contents. */
export interface Fault {
  path: string;
  reason: string;
}

const bsonName = (value: unknown): string => (value as { _bsontype?: string } | null)?._bsontype ?? typeof value;
const isNumber = (value: unknown): boolean =>
  typeof value === "number" || ["Long", "Int32", "Double", "Decimal128"].includes(bsonName(value));

/** What a field of a kind holds. Mongoose alone would take a number for a text, which nobody who reads it is prepared for. */
const holds: Record<string, (value: unknown) => boolean> = {
  String: (value) => typeof value === "string",
  Number: isNumber,
  Boolean: (value) => typeof value === "boolean",
  Date: (value) => value instanceof Date,
  ObjectId: (value) => bsonName(value) === "ObjectId",
  Buffer: (value) => bsonName(value) === "Binary",
  Array: Array.isArray,
};

function wrongType(value: unknown, { instance }: SchemaType): string | undefined {
  if (value === null || value === undefined) return undefined;
  return holds[instance]?.(value) === false ? `is no ${instance}` : undefined;
}

const reasons: Record<string, string> = {
  required: "is missing",
  enum: "is none of the values it may have",
  cast: "is of another type",
};

async function invalidPaths(model: AnyModel, document: Document): Promise<Record<string, { kind?: string }>> {
  try {
    await model.hydrate(document).validate();
    return {};
  } catch (error) {
    if (error instanceof mongoose.Error.ValidationError) return error.errors;
    throw error;
  }
}

/** All that is wrong with a document as it was read, by its model; list entries are not told apart. */
export async function faultsOf(model: AnyModel, document: Document): Promise<Fault[]> {
  const faults = new Map<string, string>();
  model.schema.eachPath((path, type) => {
    const wrong = path.includes(".") ? undefined : wrongType(document[path], type);
    if (wrong) faults.set(path, wrong);
  });
  const invalid = await invalidPaths(model, document);
  for (const [place, { kind }] of Object.entries(invalid)) {
    const path = place.replace(/\.\d+(?=\.|$)/g, "");
    // Mongoose takes empty bytes for missing ones; a part of the search index may have none.
    if (kind === "required" && bsonName(document[path]) === "Binary") continue;
    if (!faults.has(path)) faults.set(path, reasons[kind ?? ""] ?? `is no ${kind ?? "valid value"}`);
  }
  return [...faults].map(([path, reason]) => ({ path, reason }));
}
