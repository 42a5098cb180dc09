import { encode, encodeStored } from "../bson/encode";
import { decode } from "../bson/decode";
import type { Doc, Value } from "../bson/values";
import { isDoc, toNumber } from "../bson/values";
import { compileStages, pipelineScope, runOn, stageName } from "../aggregate/pipeline";
import type { PipelineScope } from "../aggregate/stage";
import { firstBatchSize } from "../cursors";
import { CommandError, notImplemented, typeMismatch } from "../errors";
import { documentKey, replaceDocument } from "../indexes";
import { removeRange } from "../indexes";
import type { Call, Command } from "./call";
import { checkNamespace, findCollection, letVariables, matchOptions, unitOf } from "./call";
import { countMatches } from "./reads";
import { encodeForInsert, ensureCollection, insertOne } from "./statements";
import { compileUpdatePipeline } from "../aggregate/update-pipeline";

const writesResults = (command: Doc): boolean => {
  const last = Array.isArray(command.pipeline) ? (command.pipeline as Doc[]).at(-1) : undefined;
  return isDoc(last) && ("$out" in last || "$merge" in last);
};

function targetNamespace(call: Call, target: Value): string {
  if (typeof target === "string") return checkNamespace(`${call.db}.${target}`);
  if (isDoc(target) && typeof target.coll === "string")
    return checkNamespace(`${String(target.db ?? call.db)}.${target.coll}`);
  throw new CommandError(16990, "the target of $out or $merge must be a collection");
}

function replaceCollection(call: Call, ns: string, docs: Doc[]): void {
  const collection = ensureCollection(call, ns);
  const unit = unitOf(call);
  removeRange(unit, collection.prefix, collection.end);
  for (const index of collection.indexes) removeRange(unit, index.prefix, index.end);
  for (const doc of docs) insertOne(call, ns, encodeForInsert(doc));
}

/** What $merge does with a document that is there already. */
function mergerOf(call: Call, whenMatched: Value): (old: Doc, next: Doc) => Doc {
  if (Array.isArray(whenMatched)) {
    return (old, next) => compileUpdatePipeline(call, whenMatched as Doc[], { new: { $literal: next } })(old);
  }
  switch (whenMatched) {
    case "merge":
      return (old, next) => ({ ...old, ...next });
    case "replace":
      return (_, next) => next;
    case "keepExisting":
      return (old) => old;
    case "fail":
      return () => {
        throw new CommandError(
          11000,
          "E11000 duplicate key error: $merge found a matching document and whenMatched is fail",
        );
      };
    default:
      throw new CommandError(
        2,
        `Enumeration value '${String(whenMatched)}' for field 'whenMatched' is not a valid value.`,
      );
  }
}

function mergeInto(call: Call, spec: Value, docs: Doc[]): void {
  const named: Doc = isDoc(spec) && "into" in spec ? spec : { into: spec };
  const { into, on = "_id", whenMatched = "merge", whenNotMatched = "insert" } = named;
  if (on !== "_id") throw notImplemented("$merge on fields other than _id");
  const ns = targetNamespace(call, into);
  const merge = mergerOf(call, whenMatched);
  for (const doc of docs) {
    const collection = ensureCollection(call, ns);
    const stored = doc._id === undefined ? undefined : unitOf(call).get(documentKey(collection, doc._id));
    if (!stored) {
      if (whenNotMatched === "fail")
        throw new CommandError(
          13113,
          "$merge could not find a matching document in the target collection for at least one document in the source collection",
        );
      if (whenNotMatched === "insert") insertOne(call, ns, encodeForInsert(doc));
      continue;
    }
    const old = decode(stored);
    const next = merge(old, doc);
    replaceDocument(unitOf(call), collection, old, next, encodeStored(next));
  }
}

/** The documents a pipeline that reads no collection begins with. */
function ownSource(call: Call, first: Doc | undefined, scope: PipelineScope): Doc[] | undefined {
  if (!first) return undefined;
  if ("$documents" in first) {
    const [source] = [...compileStages([{ $project: { _id: 0, docs: first.$documents } }], scope)([{}])];
    return (source?.docs as Doc[] | undefined) ?? [];
  }
  if ("$listLocalSessions" in first)
    return isDoc(call.command.lsid) ? [{ _id: call.command.lsid, lastUse: new Date() }] : [];
  return undefined;
}

/** `[{$match}, {$skip}?, {$limit}?, {$group: {_id: <constant>, n: {$sum: 1}}}]`: what drivers send for countDocuments. */
function countOnly(
  pipeline: Doc[],
): { filter: Doc; skip: number; limit: number; id: Value; field: string } | undefined {
  const group = pipeline.at(-1)?.$group;
  if (!isDoc(group) || !isDoc(pipeline[0]?.$match)) return undefined;
  const { _id: id, ...rest } = group;
  const [[field, sum] = ["", undefined], ...others] = Object.entries(rest);
  if (others.length || !isDoc(sum) || sum.$sum !== 1 || (typeof id !== "number" && id !== null)) return undefined;
  let [skip, limit] = [0, Infinity];
  for (const [i, stage] of pipeline.slice(1, -1).entries()) {
    if (i === 0 && stage.$skip !== undefined) skip = toNumber(stage.$skip);
    else if (stage.$limit !== undefined && i === pipeline.length - 3) limit = toNumber(stage.$limit);
    else return undefined;
  }
  return limit > 0 && skip >= 0 ? { filter: pipeline[0].$match, skip, limit, id, field } : undefined;
}

function* encoded(docs: Iterable<Doc>): Generator<Buffer> {
  for (const doc of docs) yield encode(doc);
}

function results(call: Call, ns: string, pipeline: Doc[]): Iterable<Doc> {
  for (const stage of pipeline) stageName(stage);
  const { strings } = matchOptions(call);
  const scope = pipelineScope(call, strings, letVariables(call, strings));
  const own = ownSource(call, pipeline[0], scope);
  if (own) return compileStages(pipeline.slice(1), scope)(own);
  if (call.command.aggregate === 1)
    throw new CommandError(73, "{aggregate: 1} is not valid for this pipeline: it needs a collection");
  const counting = countOnly(pipeline);
  const collection = findCollection(call, ns);
  if (counting && collection) {
    const { filter, skip, limit, id, field } = counting;
    const n = countMatches(call, collection, filter, call.command.hint, skip, limit);
    return n ? [{ _id: id, [field]: n }] : [];
  }
  return runOn(ns, pipeline, scope, call.command.hint);
}

const aggregate: Command = {
  fields: [
    "pipeline",
    "cursor",
    "allowDiskUse",
    "bypassDocumentValidation",
    "collation",
    "hint",
    "let",
    "explain",
    "rawData",
  ],
  writes: writesResults,
  transactional: true,
  run(call) {
    const { command, services, db } = call;
    const name = command.aggregate;
    const ns = typeof name === "string" ? checkNamespace(`${db}.${name}`) : `${db}.$cmd.aggregate`;
    if (!Array.isArray(command.pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
    if (command.explain === true) throw notImplemented("aggregate with explain: true; use the explain command");
    const pipeline = command.pipeline as Doc[];
    const { cursor } = command;
    if (!isDoc(cursor))
      throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
    const last = pipeline.at(-1);
    const owner = { session: call.session, transaction: call.transaction };
    if (last && writesResults(command)) {
      if (isDoc(command.readConcern) && command.readConcern.level === "linearizable") {
        throw new CommandError(72, "$out and $merge cannot be used with a 'linearizable' read concern level");
      }
      if (call.transaction) throw new CommandError(263, "$out and $merge cannot be used in a transaction");
      const docs = [...results(call, ns, pipeline.slice(0, -1))];
      if ("$out" in last) replaceCollection(call, targetNamespace(call, last.$out), docs);
      else mergeInto(call, last.$merge, docs);
      return services.cursors.first(ns, [], 0, true, owner);
    }
    const batchSize = cursor.batchSize === undefined ? firstBatchSize : toNumber(cursor.batchSize);
    return services.cursors.first(ns, encoded(results(call, ns, pipeline)), batchSize, false, owner);
  },
};

export const aggregateCommands: Record<string, Command> = { aggregate };
