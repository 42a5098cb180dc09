import type { CompareStrings } from "../bson/compare";
import { equals } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc, typeName } from "../bson/values";
import { badValue, CommandError, failedToParse, notImplemented } from "../errors";
import type { MatchOptions } from "../query/matcher";
import { isArrayIndex, valueAt } from "../query/path";
import type { Modification } from "./parse";
import { parseModifiers } from "./parse";
import { changeAt } from "./paths";
import type { ArrayFilters } from "./positional";
import { parseArrayFilters, resolvePositional } from "./positional";

/** A parsed update: makes the new document from the old one, or from the base of an upsert. */
export interface Update {
  kind: "modifiers" | "replacement" | "pipeline";
  apply(doc: Doc, inserting: boolean): Doc;
}

/** What an update needs to know of its statement. */
export interface UpdateContext {
  filter: Doc;
  arrayFilters?: Value;
  strings?: CompareStrings | undefined;
  match: MatchOptions;
  /** Runs an update pipeline on one document. */
  runPipeline: (pipeline: Doc[]) => (doc: Doc) => Doc;
}

const immutable = (message: string) => new CommandError(66, message);

function applyRename(doc: Doc, { path, operand }: Modification): Doc {
  const value = valueAt(doc, path);
  if (value === undefined) return doc;
  for (const parts of [path, String(operand).split(".")]) {
    for (let i = 1; i < parts.length; i++) {
      if (Array.isArray(valueAt(doc, parts.slice(0, i)))) {
        throw badValue(
          `The ${parts === path ? "source" : "destination"} field cannot be an array element, '${parts.join(".")}' in doc with _id: ${String(doc._id)} has an array field called '${parts[i - 1]}'`,
        );
      }
    }
  }
  const without = changeAt(doc, path, () => undefined);
  return changeAt(without, String(operand).split("."), () => value);
}

function checkFilters(modifications: Modification[], arrayFilters: ArrayFilters): void {
  const used = new Set(
    modifications.flatMap(({ path }) => path.filter((part) => part.startsWith("$[")).map((part) => part.slice(2, -1))),
  );
  for (const identifier of arrayFilters.keys()) {
    if (!used.has(identifier))
      throw failedToParse(`The array filter for identifier '${identifier}' was not used in the update`);
  }
  for (const identifier of used) {
    if (identifier !== "" && !arrayFilters.has(identifier)) {
      throw badValue(`No array filter found for identifier '${identifier}' in path`);
    }
  }
}

function modifiers(update: Doc, context: UpdateContext): Update {
  const modifications = parseModifiers(update);
  const arrayFilters = parseArrayFilters(context.arrayFilters, context.match);
  checkFilters(modifications, arrayFilters);
  const { filter, strings, match } = context;
  const applyOne = (doc: Doc, found: Doc, one: Modification): Doc => {
    if (one.name === "$rename") return applyRename(doc, one);
    const paths = one.positional ? resolvePositional(one.path, found, filter, arrayFilters, match) : [one.path];
    return paths.reduce((current, path) => {
      const change = one.operator.apply(one.operand, { doc: found, field: path.at(-1) ?? "", strings });
      return changeAt(current, path, change);
    }, doc);
  };
  return {
    kind: "modifiers",
    apply(found, inserting) {
      let doc = found;
      for (const one of modifications) if (inserting || one.name !== "$setOnInsert") doc = applyOne(doc, found, one);
      if (!inserting && doc._id !== found._id && !equals(doc._id, found._id)) {
        throw immutable("Performing an update on the path '_id' would modify the immutable field '_id'");
      }
      return doc;
    },
  };
}

function replacement(update: Doc): Update {
  const dollar = Object.keys(update).find((field) => field.startsWith("$"));
  if (dollar) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  return {
    kind: "replacement",
    apply(found) {
      const { _id = found._id, ...rest } = update;
      if (found._id !== undefined && !equals(_id, found._id)) {
        throw immutable("After applying the update, the (immutable) field '_id' was found to have been altered");
      }
      return found._id === undefined ? { ...(_id !== undefined && { _id }), ...rest } : { _id: found._id, ...rest };
    },
  };
}

const updateStages = new Set(["$set", "$addFields", "$unset", "$project", "$replaceRoot", "$replaceWith"]);

function pipeline(stages: Value[], context: UpdateContext): Update {
  for (const stage of stages) {
    const [name] = isDoc(stage) ? Object.keys(stage) : [];
    if (!name || !updateStages.has(name)) {
      throw new CommandError(72, `${String(name)} is not allowed to be used within an update`);
    }
  }
  const run = context.runPipeline(stages as Doc[]);
  return {
    kind: "pipeline",
    apply(found) {
      const { _id = found._id, ...rest } = run(found);
      if (found._id !== undefined && !equals(_id, found._id)) {
        throw immutable("Performing an update on the path '_id' would modify the immutable field '_id'");
      }
      return { ...(_id !== undefined && { _id }), ...rest };
    },
  };
}

/**
 * Reads an update of any kind: operators, a replacement, or a pipeline.
 * @throws CommandError with MongoDB's codes for whatever is malformed.
 */
export function parseUpdate(update: Value, context: UpdateContext): Update {
  if (Array.isArray(update)) {
    if (context.arrayFilters !== undefined)
      throw failedToParse("arrayFilters may not be specified for pipeline-syle updates");
    return pipeline(update as Value[], context);
  }
  if (!isDoc(update)) {
    throw failedToParse(`Update argument must be either an object or an array, not ${typeName(update)}`);
  }
  const [first] = Object.keys(update);
  if (first?.startsWith("$")) return modifiers(update, context);
  if (Array.isArray(context.arrayFilters) && context.arrayFilters.length) {
    throw failedToParse("arrayFilters may not be specified for replacement-style updates");
  }
  return replacement(update);
}

/** The document an upsert starts from: the equalities of its filter. @throws CommandError 54 for contradicting ones. */
export function upsertBase(filter: Doc): Doc {
  let base: Doc = {};
  const put = (path: string, value: Value) => {
    const parts = path.split(".");
    if (parts.some(isArrayIndex) && parts.length > 1)
      throw notImplemented("an upsert whose filter has a number in a path");
    if (valueAt(base, parts) !== undefined) {
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    base = changeAt(base, parts, () => value);
  };
  collectEqualities(filter, put);
  return base;
}

function collectEqualities(filter: Doc, put: (path: string, value: Value) => void): void {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === "$and" || (field === "$or" && Array.isArray(condition) && condition.length === 1)) {
      for (const clause of condition as Doc[]) collectEqualities(clause, put);
    } else if (field.startsWith("$")) continue;
    else if (!isDoc(condition)) {
      if (typeName(condition) !== "regex") put(field, condition);
    } else if (!Object.keys(condition)[0]?.startsWith("$")) put(field, condition);
    else if ("$eq" in condition) put(field, condition.$eq);
    else if (Array.isArray(condition.$in) && condition.$in.length === 1) put(field, condition.$in[0]);
    else if (Array.isArray(condition.$all) && condition.$all.length === 1) put(field, condition.$all[0]);
  }
}
