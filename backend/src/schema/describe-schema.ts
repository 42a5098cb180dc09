import type { SchemaType } from "mongoose";
import { wantedIndexes, type Index } from "../db/indexes";
import { migrations } from "../migrations";
import { allModels } from "../models";

interface Field {
  path: string;
  /** What it holds; of a list, `[…]` around what its entries are. */
  type: string;
  isRequired: boolean;
  /** What is put where nothing was given: `null`, a fixed `value`, or one `made` each time. */
  default: "none" | "null" | "value" | "made";
  enum?: string[];
}

export interface SchemaDescription {
  /** The last migration: what a database must have behind it. */
  migration: string;
  collections: { name: string; fields: Field[]; indexes: Index[] }[];
}

/** What Mongoose tells of a field beyond its types. */
type Told = SchemaType & {
  isRequired?: boolean;
  enumValues?: string[];
  embeddedSchemaType?: Told;
  schema?: { eachPath(tell: (path: string, type: Told) => void): void };
};

/** Entries of a list that are documents of their own kind. */
const innerOf = (type: Told): Told["schema"] => (type.instance === "DocumentArrayElement" ? undefined : type.schema);

function typeOf(type: Told): string {
  if (type.instance !== "Array") return type.instance;
  return type.schema ? "[Embedded]" : `[${type.embeddedSchemaType?.instance ?? "Mixed"}]`;
}

function defaultOf({ options }: Told): Field["default"] {
  if (options.default === undefined) return "none";
  if (options.default === null) return "null";
  return typeof options.default === "function" ? "made" : "value";
}

/** A field and, where it holds documents, theirs. */
function fieldsOf(path: string, type: Told): Field[] {
  const field: Field = {
    path,
    type: typeOf(type),
    isRequired: type.isRequired === true,
    default: defaultOf(type),
    ...(type.enumValues?.length && { enum: [...type.enumValues] }),
  };
  const inner: Field[] = [];
  innerOf(type)?.eachPath((name, below) => inner.push(...fieldsOf(`${path}.${name}`, below)));
  return [field, ...inner];
}

/** Every collection, its fields and indexes, as the models say: in the same words and order each time. */
export const describeSchema = (): SchemaDescription => ({
  migration: migrations.at(-1)?.name ?? "",
  collections: allModels().map(({ schema, collection }) => {
    const fields: Field[] = [];
    schema.eachPath((path, type) => {
      if (path !== "__v") fields.push(...fieldsOf(path, type as Told));
    });
    fields.sort((one, other) => (one.path < other.path ? -1 : 1));
    return { name: collection.collectionName, fields, indexes: wantedIndexes(schema) };
  }),
});

/** As it is written to `backend/schema.json`: a line for each field and each index, so that a change shows as one. */
export function schemaText(): string {
  const { migration, collections } = describeSchema();
  const list = (name: string, items: object[]): string =>
    `"${name}": [${items.map((item) => `\n        ${JSON.stringify(item)}`).join()}${items.length > 0 ? "\n      " : ""}]`;
  const texts = collections.map(
    ({ name, fields, indexes }) =>
      `    {\n      "name": "${name}",\n      ${list("fields", fields)},\n      ${list("indexes", indexes)}\n    }`,
  );
  return `{\n  "migration": "${migration}",\n  "collections": [\n${texts.join(",\n")}\n  ]\n}\n`;
}
