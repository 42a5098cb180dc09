import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import type { Call } from "../commands/call";
import { findCollection } from "../commands/call";
import { CommandError, notImplemented } from "../errors";
import { compileFilter, isEmptyFilter } from "../query/matcher";
import { parseOrder } from "../query/order";
import type { Search } from "../query/search";
import { choosePlan, searchHits } from "../query/search";
import { toNumber } from "../bson/values";
import type { PipelineScope, Stage, StageCompiler } from "./stage";
import { expressionIn } from "./stage";
import { groupStages } from "./stages/group";
import { joinStages } from "./stages/join";
import { selectStages } from "./stages/select";
import { shapeStages } from "./stages/shape";

const stages: ReadonlyMap<string, StageCompiler> = new Map(
  Object.entries({ ...selectStages, ...shapeStages, ...groupStages, ...joinStages }),
);
/** Stages MongoDB has and this server refuses. */
const refused = new Set([
  "$bucketAuto",
  "$changeStreamSplitLargeEvent",
  "$collStats",
  "$currentOp",
  "$densify",
  "$fill",
  "$geoNear",
  "$graphLookup",
  "$indexStats",
  "$listSessions",
  "$planCacheStats",
  "$redact",
  "$search",
  "$searchMeta",
  "$setWindowFields",
  "$vectorSearch",
]);
/** Stages that stand only at the beginning or the end; the aggregate command takes them off before. */
const misplaced: Record<string, CommandError> = {
  $out: new CommandError(40601, "$out can only be the final stage in the pipeline"),
  $merge: new CommandError(40601, "$merge can only be the final stage in the pipeline"),
  $documents: new CommandError(40602, "$documents is only valid as the first stage in a pipeline"),
  $listLocalSessions: new CommandError(40602, "$listLocalSessions is only valid as the first stage in a pipeline"),
  $changeStream: new CommandError(40573, "The $changeStream stage is only supported on replica sets"),
};

function compileStage(stage: Value, scope: PipelineScope): Stage {
  const name = stageName(stage);
  const argument = (stage as Doc)[name];
  const compiler = stages.get(name);
  if (compiler) return compiler(argument, scope);
  if (refused.has(name)) throw notImplemented(name);
  throw misplaced[name] ?? new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** Compiles stages one after the other. @throws CommandError 40324 for a stage MongoDB has not. */
export function compileStages(pipeline: readonly Value[], scope: PipelineScope): Stage {
  const compiled = pipeline.map((stage) => compileStage(stage, scope));
  return (docs) => compiled.reduce((current, stage) => stage(current), docs);
}

/** The scope of a pipeline: where it runs, and the variables it sees. */
export function pipelineScope(call: Call, strings: PipelineScope["strings"], variables: Doc): PipelineScope {
  const scope: PipelineScope = {
    call,
    strings,
    variables,
    open: (ns, pipeline, inner) => runOn(ns, pipeline, pipelineScope(call, strings, inner), undefined),
    compile: (pipeline) => compileStages(pipeline, scope),
  };
  return scope;
}

/** The name of a stage. @throws CommandError 40323 when it is no document of one field. */
export function stageName(stage: Value): string {
  const names = isDoc(stage) ? Object.keys(stage) : [];
  const [name] = names;
  if (name === undefined || names.length !== 1) {
    throw new CommandError(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  return name;
}

/** The part of a pipeline that the planner can answer: a leading filter, order, and number of documents. */
function pushDown(pipeline: readonly Doc[]): { filter: Doc; sort: Value; limit: number; rest: readonly Doc[] } {
  let rest = pipeline;
  let filter: Doc = {};
  while (isDoc(rest[0]?.$match)) {
    filter = isEmptyFilter(filter) ? rest[0].$match : { $and: [filter, rest[0].$match] };
    rest = rest.slice(1);
  }
  const sort = isDoc(rest[0]?.$sort) && Object.keys(rest[0].$sort).length ? rest[0].$sort : undefined;
  if (sort) rest = rest.slice(1);
  const limit = rest[0]?.$limit === undefined ? Infinity : toNumber(rest[0].$limit);
  return { filter, sort, limit, rest };
}

/** Runs a pipeline over a collection, its beginning by index. Everything is compiled before the first document is read. */
export function runOn(ns: string, pipeline: readonly Doc[], scope: PipelineScope, hint: Value): Iterable<Doc> {
  for (const stage of pipeline) stageName(stage);
  const { filter, sort, limit, rest } = pushDown(pipeline);
  const matches = compileFilter(filter, {
    strings: scope.strings,
    compileExpression: (expression) => expressionIn(scope, expression),
  });
  const order = parseOrder(sort);
  const stage = compileStages(rest, scope);
  const collection = findCollection(scope.call, ns);
  if (!collection) return stage([]);
  const search: Search = {
    collection,
    filter,
    matches: isEmptyFilter(filter) ? undefined : matches,
    order,
    strings: scope.strings,
    hint,
    limit: limit > 0 ? limit : Infinity,
  };
  return stage(documentsOf(scope.call, search));
}

function* documentsOf(call: Call, search: Search): Generator<Doc> {
  for (const hit of searchHits(call.reader, search, choosePlan(search), call.stats)) yield hit.doc;
}
