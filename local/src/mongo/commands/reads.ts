import { encode } from "../bson/encode";
import { hashOf } from "../bson/keystring";
import type { Doc, Value } from "../bson/values";
import { isNumber, isTrue, toNumber } from "../bson/values";
import type { Collection } from "../catalog";
import { firstBatchSize } from "../cursors";
import { badValue, CommandError, typeMismatch } from "../errors";
import { compileFilter, isEmptyFilter } from "../query/matcher";
import { parseOrder } from "../query/order";
import { elementsAt } from "../query/path";
import { compileProjection } from "../query/projection";
import { countKeys } from "../query/scan";
import type { Search } from "../query/search";
import { choosePlan, searchHits } from "../query/search";
import { matchedIndex } from "../update/positional";
import type { Call, Command } from "./call";
import { countField, docField, findCollection, matchOptions, namespaceOf } from "./call";

/** What `find` reads: its parsed parts. Parsed even when there is no collection, so that mistakes are always told. */
export function parseSearch(call: Call, filter: Doc, sort: Value): Omit<Search, "collection"> {
  const options = matchOptions(call);
  return {
    filter,
    matches: isEmptyFilter(filter) ? undefined : compileFilter(filter, options),
    order: parseOrder(sort),
    strings: options.strings,
    hint: call.command.hint,
  };
}

function limitOf(command: Doc): { limit: number; single: boolean } {
  const limit = command.limit === undefined || command.limit === null ? 0 : toNumber(command.limit);
  if (Number.isNaN(limit)) throw typeMismatch("BSON field 'limit' is the wrong type, expected a number");
  return { limit: Math.abs(limit) || Infinity, single: limit < 0 || command.singleBatch === true };
}

function projector(call: Call, filter: Doc): ((doc: Doc) => Doc) | undefined {
  const spec = docField(call.command, "projection");
  if (!Object.keys(spec).length) return undefined;
  const options = matchOptions(call);
  return compileProjection(spec, true, options, (doc, path) => matchedIndex(filter, doc, path, options));
}

function* findDocuments(
  call: Call,
  search: Search,
  skip: number,
  limit: number,
  project?: (doc: Doc) => Doc,
): Generator<Buffer> {
  const plan = choosePlan(search);
  let position = 0;
  for (const hit of searchHits(call.reader, search, plan, call.stats)) {
    if (position++ < skip) continue;
    yield project ? encode(project(hit.doc)) : hit.raw;
    if (position - skip >= limit) return;
  }
}

function refuseTailable(command: Doc): void {
  if (isTrue(command.tailable) || isTrue(command.awaitData))
    throw badValue("tailable cursor requested on non capped collection");
  for (const field of ["returnKey", "showRecordId", "min", "max"]) {
    const value = command[field];
    if (isTrue(value) && !(typeof value === "object" && Object.keys(value as object).length === 0)) {
      throw new CommandError(238, `find.${field} is not supported by this server`);
    }
  }
}

const find: Command = {
  fields: [
    "filter",
    "sort",
    "projection",
    "hint",
    "skip",
    "limit",
    "batchSize",
    "singleBatch",
    "collation",
    "let",
    "allowDiskUse",
    "noCursorTimeout",
    "allowPartialResults",
    "tailable",
    "awaitData",
    "oplogReplay",
    "returnKey",
    "showRecordId",
    "min",
    "max",
    "rawData",
  ],
  transactional: true,
  run(call) {
    const { command, services } = call;
    const ns = namespaceOf(call);
    refuseTailable(command);
    const filter = docField(command, "filter");
    const parsed = parseSearch(call, filter, command.sort);
    const project = projector(call, filter);
    const skip = countField(command, "skip", 0);
    const { limit, single } = limitOf(command);
    const batchSize = countField(command, "batchSize", firstBatchSize);
    const collection = findCollection(call, ns);
    const documents = collection
      ? findDocuments(call, { ...parsed, collection, limit: limit + skip }, skip, limit, project)
      : [];
    return services.cursors.first(ns, documents, batchSize, single, {
      session: call.session,
      transaction: call.transaction,
    });
  },
};

/** Counts matches, from the keys alone where that is enough. */
export function countMatches(
  call: Call,
  collection: Collection,
  filter: Doc,
  hint: Value,
  skip: number,
  limit: number,
): number {
  const options = matchOptions(call);
  const matches = isEmptyFilter(filter) ? undefined : compileFilter(filter, options);
  if (!matches) return clip(call.reader.count(collection.prefix, collection.end), skip, limit);
  const search: Search = { collection, filter, matches, strings: options.strings, hint };
  const plan = choosePlan(search);
  const byKeys = countKeys(call.reader, plan, call.stats);
  if (byKeys !== undefined) return clip(byKeys, skip, limit);
  let count = 0;
  const hits = searchHits(call.reader, search, plan, call.stats);
  for (const _hit of hits) if (++count >= skip + limit) break;
  return clip(count, skip, limit);
}

const clip = (count: number, skip: number, limit: number): number => Math.min(Math.max(0, count - skip), limit);

const count: Command = {
  fields: ["query", "limit", "skip", "hint", "collation", "fields", "rawData"],
  run(call) {
    const { command } = call;
    const collection = findCollection(call, namespaceOf(call));
    const query = docField(command, "query");
    compileFilter(query, matchOptions(call));
    const { limit } = limitOf(command);
    const n = collection
      ? countMatches(call, collection, query, command.hint, countField(command, "skip", 0), limit)
      : 0;
    return { n, ok: 1 };
  },
};

const distinct: Command = {
  fields: ["key", "query", "collation", "hint", "rawData"],
  transactional: true,
  run(call) {
    const { command } = call;
    const { key } = command;
    if (typeof key !== "string")
      throw typeMismatch("BSON field 'distinct.key' is the wrong type, expected type 'string'");
    const parsed = parseSearch(call, docField(command, "query"), undefined);
    const collection = findCollection(call, namespaceOf(call));
    const values = new Map<string, Value>();
    const path = key.split(".");
    if (collection) {
      const search = { ...parsed, collection };
      for (const hit of searchHits(call.reader, search, choosePlan(search), call.stats)) {
        for (const value of elementsAt(hit.doc, path).values) {
          if (value === undefined) continue;
          const hash =
            parsed.strings && typeof value === "string" ? foldedKey(values, value, parsed.strings) : hashOf(value);
          if (!values.has(hash)) values.set(hash, value);
        }
      }
    }
    return { values: [...values.values()], ok: 1 };
  },
};

/** The key of a string equal under the collation, if there is one already. */
function foldedKey(values: Map<string, Value>, text: string, strings: (a: string, b: string) => number): string {
  for (const [hash, value] of values) if (typeof value === "string" && strings(value, text) === 0) return hash;
  return hashOf(text);
}

const getMore: Command = {
  fields: ["collection", "batchSize", "term", "lastKnownCommittedOpTime"],
  transactional: true,
  run(call) {
    const { command, services, db } = call;
    const { getMore: id, collection } = command;
    if (typeof id !== "bigint")
      throw typeMismatch("BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    if (typeof collection !== "string")
      throw typeMismatch("BSON field 'getMore.collection' is the wrong type, expected type 'string'");
    const size = countField(command, "batchSize", 0) || Infinity;
    return services.cursors.more(id, `${db}.${collection}`, size, call.transaction);
  },
};

const killCursors: Command = {
  fields: ["cursors"],
  transactional: true,
  run(call) {
    const { command, services } = call;
    const ns = namespaceOf(call);
    const killed: Value[] = [];
    const missing: Value[] = [];
    for (const id of (command.cursors as Value[] | undefined) ?? []) {
      if (!isNumber(id)) throw typeMismatch("BSON field 'killCursors.cursors' is the wrong type, expected type 'long'");
      (services.cursors.kill(BigInt(id as bigint | number), ns) ? killed : missing).push(id);
    }
    return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

export const readCommands: Record<string, Command> = { find, count, distinct, getMore, killCursors };
