import type { Doc, Value } from "../../bson/values";
import { isDoc } from "../../bson/values";
import { CommandError } from "../../errors";
import { elementsAt } from "../../query/path";
import type { StageCompiler } from "../stage";
import { expressionIn } from "../stage";

const lookupFields = new Set(["from", "localField", "foreignField", "let", "pipeline", "as"]);

function setAt(doc: Doc, path: readonly string[], value: Value): Doc {
  const [first = "", ...rest] = path;
  const inner = doc[first];
  return { ...doc, [first]: rest.length ? setAt(isDoc(inner) ? inner : {}, rest, value) : value };
}

const lookup: StageCompiler = (argument, scope) => {
  if (!isDoc(argument)) throw new CommandError(9, "the $lookup specification must be an object");
  const unknown = Object.keys(argument).find((key) => !lookupFields.has(key));
  if (unknown) throw new CommandError(9, `unknown argument to $lookup: ${unknown}`);
  const { from, localField, foreignField, as, pipeline } = argument;
  if (typeof as !== "string") throw new CommandError(9, "must specify 'as' field for a $lookup");
  if (typeof from !== "string") throw new CommandError(9, "must specify 'from' field for a $lookup");
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw new CommandError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  }
  if (localField === undefined && !Array.isArray(pipeline))
    throw new CommandError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const bindings = Object.entries(isDoc(argument.let) ? argument.let : {}).map(
    ([name, expression]) => [name, expressionIn(scope, expression)] as const,
  );
  const inner = (pipeline as Doc[] | undefined) ?? [];
  const ns = `${scope.call.db}.${from}`;
  const localPath = typeof localField === "string" ? localField.split(".") : undefined;
  const joined = (doc: Doc): Doc[] => {
    const variables = {
      ...scope.variables,
      ...Object.fromEntries(bindings.map(([name, evaluate]) => [name, evaluate(doc)])),
    };
    const stages = localPath ? [{ $match: { [String(foreignField)]: equality(doc, localPath) } }, ...inner] : inner;
    return [...scope.open(ns, stages, variables)];
  };
  const path = as.split(".");
  return function* (docs) {
    for (const doc of docs) yield setAt(doc, path, joined(doc));
  };
};

/** A missing local field matches null; an array matches by each of its elements. */
function equality(doc: Doc, path: readonly string[]): Doc {
  const values = elementsAt(doc, path).values.map((value) => value ?? null);
  return values.length === 1 ? { $eq: values[0] } : { $in: values };
}

const facet: StageCompiler = (argument, scope) => {
  if (!isDoc(argument) || !Object.keys(argument).length)
    throw new CommandError(40169, "the $facet specification must be a non-empty object");
  const facets = Object.entries(argument).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return [name, scope.compile(pipeline as Doc[])] as const;
  });
  return function* (docs) {
    const all = [...docs];
    yield Object.fromEntries(facets.map(([name, stage]) => [name, [...stage(all)]]));
  };
};

const unionWith: StageCompiler = (argument, scope) => {
  const { coll, pipeline = [] } = isDoc(argument) ? argument : { coll: argument };
  if (typeof coll !== "string") throw new CommandError(9, "the $unionWith specification must name a collection");
  return function* (docs) {
    yield* docs;
    yield* scope.open(`${scope.call.db}.${coll}`, pipeline as Doc[], scope.variables);
  };
};

export const joinStages: Record<string, StageCompiler> = { $lookup: lookup, $facet: facet, $unionWith: unionWith };
