import { ObjectId } from "bson";
import { decode } from "../bson/decode";
import { encode, encodeStored, maxDocumentBytes } from "../bson/encode";
import type { Doc, Value } from "../bson/values";
import { isDoc, isOperators, isTrue, typeName } from "../bson/values";
import type { Collection } from "../catalog";
import { makeCollection } from "../catalog";
import { badValue, CommandError, failedToParse } from "../errors";
import { deleteDocument, insertDocument, replaceDocument } from "../indexes";
import type { MatchOptions } from "../query/matcher";
import { compileFilter, isEmptyFilter } from "../query/matcher";
import { parseOrder } from "../query/order";
import { quoted } from "../query/show";
import type { Hit } from "../query/scan";
import type { Search } from "../query/search";
import { choosePlan, searchHits } from "../query/search";
import { parseUpdate, upsertBase } from "../update/apply";
import type { Call } from "./call";
import { checkNamespace, findCollection, matchOptions, unitOf } from "./call";
import { compileUpdatePipeline } from "../aggregate/update-pipeline";

// One statement each of insert, update and delete; the commands of writes.ts and bulk-write.ts are made of these.

/** The collection, created when it is missing. */
export function ensureCollection(call: Call, ns: string, options: Doc = {}): Collection {
  const found = findCollection(call, ns);
  if (found) return found;
  const unit = unitOf(call);
  const made = makeCollection(unit.newCollectionId(), checkNamespace(ns), options);
  unit.setCollection(made);
  return made;
}

function checkId(id: Value): void {
  if (Array.isArray(id)) throw new CommandError(53, "The '_id' value cannot be of type array");
  if (typeName(id) === "regex") throw new CommandError(53, "The '_id' value cannot be of type regex");
  if (isOperators(id)) {
    throw new CommandError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${Object.keys(id)[0] ?? ""} is not valid for storage.`,
    );
  }
}

/** `_id` first, as MongoDB stores it. */
function withIdFirst(doc: Doc): Doc {
  if (Object.keys(doc)[0] === "_id") return doc;
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

export function insertOne(call: Call, ns: string, raw: Buffer): Value {
  const given = decode(raw);
  const doc = withIdFirst(given);
  checkId(doc._id);
  if (raw.length > maxDocumentBytes) {
    throw badValue(`object to insert too large. size in bytes: ${raw.length}, max size: ${maxDocumentBytes}`);
  }
  const collection = ensureCollection(call, ns);
  insertDocument(unitOf(call), collection, doc, doc === given ? Buffer.from(raw) : encodeStored(doc));
  return doc._id;
}

export const encodeForInsert = (doc: Doc): Buffer => encode(doc);

/** An update statement, as `update`, `findAndModify` and `bulkWrite` share it. */
export interface UpdateStatement {
  filter: Doc;
  update: Value;
  multi: boolean;
  upsert: boolean;
  arrayFilters?: Value;
  collation?: Value;
  hint?: Value;
  sort?: Value;
  constants?: Value;
}

export interface UpdateResult {
  matched: number;
  modified: number;
  upsertedId?: Value;
  before?: Doc;
  after?: Doc;
}

function searchOf(
  call: Call,
  collection: Collection,
  statement: Omit<UpdateStatement, "update" | "upsert">,
  options: MatchOptions,
): Search {
  const { filter, hint, sort } = statement;
  return {
    collection,
    filter,
    matches: isEmptyFilter(filter) ? undefined : compileFilter(filter, options),
    order: parseOrder(sort),
    strings: options.strings,
    hint: hint ?? call.command.hint,
  };
}

/** All matches before the first is changed: a change may move a document within the index that is being read. */
function hitsOf(call: Call, search: Search, multi: boolean): Hit[] {
  const hits: Hit[] = [];
  for (const hit of searchHits(call.reader, multi ? search : { ...search, limit: 1 }, choosePlan(search), call.stats)) {
    hits.push(hit);
    if (!multi) break;
  }
  return hits;
}

export function updateMatching(call: Call, ns: string, statement: UpdateStatement): UpdateResult {
  const { filter, multi } = statement;
  const options = matchOptions(call, statement.collation);
  const update = parseUpdate(statement.update, {
    filter,
    arrayFilters: statement.arrayFilters,
    strings: options.strings,
    match: options,
    runPipeline: (pipeline) => compileUpdatePipeline(call, pipeline, statement.constants),
  });
  if (update.kind === "replacement" && multi)
    throw failedToParse("multi update is not supported for replacement-style update");
  compileFilter(filter, options);
  const collection = findCollection(call, ns);
  const result: UpdateResult = { matched: 0, modified: 0 };
  const hits = collection ? hitsOf(call, searchOf(call, collection, statement, options), multi) : [];
  for (const hit of hits) {
    const before = hit.doc;
    const after = update.apply(before, false);
    result.matched++;
    result.before = before;
    result.after = after;
    if (after === before || !collection) continue;
    const raw = encodeStored(after);
    if (raw.equals(hit.raw)) continue;
    replaceDocument(unitOf(call), collection, before, after, raw);
    result.modified++;
  }
  if (hits.length || !statement.upsert) return result;
  const made = withIdFirst(update.apply(upsertBase(filter), true));
  checkUpsertId(filter, made);
  checkId(made._id);
  insertDocument(unitOf(call), ensureCollection(call, ns), made, encodeStored(made));
  return { matched: 0, modified: 0, upsertedId: made._id, after: made };
}

function checkUpsertId(filter: Doc, made: Doc): void {
  const wanted = upsertBase(filter)._id;
  if (wanted !== undefined && quoted(wanted) !== quoted(made._id)) {
    throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
}

export interface DeleteStatement {
  filter: Doc;
  multi: boolean;
  collation?: Value;
  hint?: Value;
  sort?: Value;
}

export function deleteMatching(call: Call, ns: string, statement: DeleteStatement): { count: number; before?: Doc } {
  const options = matchOptions(call, statement.collation);
  compileFilter(statement.filter, options);
  parseOrder(statement.sort);
  const collection = findCollection(call, ns);
  if (!collection) return { count: 0 };
  const hits = hitsOf(call, searchOf(call, collection, statement, options), statement.multi);
  for (const hit of hits) deleteDocument(unitOf(call), collection, hit.doc);
  return { count: hits.length, before: hits[0]?.doc };
}

/** Reads one entry of `updates`. */
export function updateStatement(entry: Doc): UpdateStatement {
  if (!isDoc(entry.q)) throw new CommandError(40414, "BSON field 'update.updates.q' is missing but a required field");
  return {
    filter: entry.q,
    update: entry.u,
    multi: isTrue(entry.multi),
    upsert: isTrue(entry.upsert),
    arrayFilters: entry.arrayFilters,
    collation: entry.collation,
    hint: entry.hint,
    sort: entry.sort,
    constants: entry.c,
  };
}
