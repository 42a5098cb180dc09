import type { Doc } from "../bson/values";
import { isDoc, isTrue, toNumber } from "../bson/values";
import { CommandError, notImplemented } from "../errors";
import type { IndexPlan, Plan } from "../query/plan";
import { ScanStats } from "../query/scan";
import type { Search } from "../query/search";
import { choosePlan, searchHits } from "../query/search";
import type { Call, Command } from "./call";
import { docField, findCollection } from "./call";
import { parseSearch } from "./reads";

function indexStage({ index, reverse, repeats }: IndexPlan): Doc {
  return {
    stage: "IXSCAN",
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: repeats,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partialFilter !== undefined,
    direction: reverse ? "backward" : "forward",
  };
}

function readStage(plan: Plan): Doc {
  if (plan.kind === "collection") return { stage: "COLLSCAN", direction: plan.reverse ? "backward" : "forward" };
  if (plan.kind === "union")
    return { stage: "FETCH", inputStage: { stage: "OR", inputStages: plan.branches.map(indexStage) } };
  return { stage: "FETCH", inputStage: indexStage(plan) };
}

/** The read a command would begin with. */
function explained(call: Call, command: Doc): { filter: Doc; sort: unknown; skip: number; limit: number; ns: string } {
  const [name = ""] = Object.keys(command);
  const ns = `${call.db}.${String(command[name])}`;
  const plain = { sort: undefined, skip: 0, limit: Infinity, ns };
  switch (name) {
    case "find": {
      const limit = Math.abs(toNumber(command.limit ?? 0)) || Infinity;
      return {
        ...plain,
        filter: docField(command, "filter"),
        sort: command.sort,
        skip: toNumber(command.skip ?? 0),
        limit,
      };
    }
    case "count":
    case "distinct":
      return { ...plain, filter: docField(command, "query") };
    case "findAndModify":
    case "findandmodify":
      return { ...plain, filter: docField(command, "query"), sort: command.sort, limit: 1 };
    case "aggregate": {
      const [first, second] = command.pipeline as Doc[];
      const filter = isDoc(first?.$match) ? first.$match : {};
      const sort = isDoc(first?.$match) ? second?.$sort : first?.$sort;
      return { ...plain, filter, sort };
    }
    case "update":
    case "delete": {
      const [entry] = (command[`${name}s`] as Doc[] | undefined) ?? [];
      if (!entry) throw new CommandError(9, "explained write batches must be of size 1");
      const multi = name === "update" ? isTrue(entry.multi) : toNumber(entry.limit) === 0;
      return { ...plain, filter: docField(entry, "q"), sort: entry.sort, limit: multi ? Infinity : 1 };
    }
    default:
      throw notImplemented(`explain of ${name}`);
  }
}

const explain: Command = {
  fields: ["verbosity"],
  run(call) {
    const inner = call.command.explain;
    if (!isDoc(inner))
      throw new CommandError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
    const { filter, sort, skip, limit, ns } = explained(call, inner);
    const collection = findCollection(call, ns);
    const innerCall = { ...call, command: inner };
    const parsed = parseSearch(innerCall, filter, sort);
    const stats = new ScanStats();
    const namespace = { namespace: ns, parsedQuery: filter };
    if (!collection) {
      return { queryPlanner: { ...namespace, winningPlan: { stage: "EOF" }, rejectedPlans: [] }, ok: 1 };
    }
    const search: Search = { ...parsed, collection, hint: inner.hint, limit: limit + skip };
    const plan = choosePlan(search);
    let winningPlan = readStage(plan);
    if (search.order && !plan.ordered) winningPlan = { stage: "SORT", sortPattern: sort, inputStage: winningPlan };
    if (limit !== Infinity) winningPlan = { stage: "LIMIT", limitAmount: limit, inputStage: winningPlan };
    const queryPlanner = { ...namespace, winningPlan, rejectedPlans: [] };
    const base = { explainVersion: "1", queryPlanner, serverInfo: { version: "8.0.0" }, ok: 1 };
    if (call.command.verbosity === "queryPlanner") return base;
    const started = Date.now();
    let found = 0;
    for (const _hit of searchHits(call.reader, search, plan, stats)) if (++found >= limit + skip) break;
    const executionStats = {
      executionSuccess: true,
      nReturned: Math.max(0, found - skip),
      executionTimeMillis: Date.now() - started,
      totalKeysExamined: stats.keys,
      totalDocsExamined: stats.documents,
      executionStages: winningPlan,
    };
    return { ...base, executionStats };
  },
};

export const explainCommands: Record<string, Command> = { explain };
