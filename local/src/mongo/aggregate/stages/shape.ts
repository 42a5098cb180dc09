import type { Doc, Value } from "../../bson/values";
import { isDoc, isOperators, typeName } from "../../bson/values";
import { CommandError } from "../../errors";
import type { Path } from "../../query/path";
import { compileProjection } from "../../query/projection";
import type { PipelineScope, StageCompiler } from "../stage";
import { expressionIn } from "../stage";

function* mapped(docs: Iterable<Doc>, change: (doc: Doc) => Doc): Generator<Doc> {
  for (const doc of docs) yield change(doc);
}

type Compute = (old: Value, doc: Doc) => Value;

/** Sets a computed value at a path: in each document of an array, and in place of scalars. */
function put(target: Value, path: Path, compute: Compute, doc: Doc): Value {
  const [first, ...rest] = path;
  if (first === undefined) return compute(target, doc);
  if (Array.isArray(target)) return (target as Value[]).map((item) => put(item, path, compute, doc));
  const base = isDoc(target) ? target : {};
  const value = put(base[first], rest, compute, doc);
  const copy = { ...base };
  if (value === undefined) Reflect.deleteProperty(copy, first);
  else copy[first] = value;
  return copy;
}

function* additions(spec: Doc, prefix: string, scope: PipelineScope): Generator<[Path, (doc: Doc) => Value]> {
  for (const [field, value] of Object.entries(spec)) {
    if (field === "" || field.startsWith("$"))
      throw new CommandError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    if (isDoc(value) && !isOperators(value) && Object.keys(value).length)
      yield* additions(value, `${prefix}${field}.`, scope);
    else yield [`${prefix}${field}`.split("."), expressionIn(scope, value)];
  }
}

/** Compiles the fields of $addFields for one document. */
export function compileAddFields(argument: Value, scope: PipelineScope): (doc: Doc) => Doc {
  if (!isDoc(argument))
    throw new CommandError(40272, `$addFields specification stage must be an object, got ${typeName(argument)}`);
  const added = [...additions(argument, "", scope)];
  return (doc) => added.reduce((result, [path, evaluate]) => put(result, path, () => evaluate(doc), doc) as Doc, doc);
}

const addFields: StageCompiler = (argument, scope) => {
  const change = compileAddFields(argument, scope);
  return (docs) => mapped(docs, change);
};

const projectOptions = (scope: PipelineScope) => ({
  strings: scope.strings,
  compileExpression: (expression: Value) => expressionIn(scope, expression),
});

const project: StageCompiler = (argument, scope) => {
  if (!isDoc(argument)) throw new CommandError(15969, "$project specification must be an object");
  if (!Object.keys(argument).length)
    throw new CommandError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  const change = compileProjection(argument, false, projectOptions(scope));
  return (docs) => mapped(docs, change);
};

const unset: StageCompiler = (argument, scope) => {
  const fields = Array.isArray(argument) ? (argument as Value[]) : [argument];
  if (!fields.length || !fields.every((field) => typeof field === "string" && field)) {
    throw new CommandError(31002, "$unset specification must be a string or an array of strings");
  }
  const change = compileProjection(
    Object.fromEntries(fields.map((field) => [String(field), 0])),
    false,
    projectOptions(scope),
  );
  return (docs) => mapped(docs, change);
};

const replaceWith: StageCompiler = (argument, scope) => {
  const evaluate = expressionIn(scope, argument);
  return (docs) =>
    mapped(docs, (doc) => {
      const root = evaluate(doc);
      if (!isDoc(root)) {
        throw new CommandError(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was: of type '${typeName(root)}'`,
        );
      }
      return root;
    });
};

const replaceRoot: StageCompiler = (argument, scope) => {
  if (!isDoc(argument) || !("newRoot" in argument))
    throw new CommandError(40231, "no newRoot specified for the $replaceRoot stage");
  return replaceWith(argument.newRoot, scope);
};

function* unwound(docs: Iterable<Doc>, path: Path, keepEmpty: boolean, indexField: string | undefined): Generator<Doc> {
  const at = (doc: Doc): Value => path.reduce<Value>((value, part) => (isDoc(value) ? value[part] : undefined), doc);
  const withItem = (doc: Doc, item: Value, index: number | null): Doc => {
    const placed = put(doc, path, () => item, doc) as Doc;
    return indexField === undefined ? placed : { ...placed, [indexField]: index === null ? null : BigInt(index) };
  };
  for (const doc of docs) {
    const value = at(doc);
    if (Array.isArray(value) && value.length) {
      for (const [i, item] of (value as Value[]).entries()) yield withItem(doc, item, i);
    } else if (Array.isArray(value) ? keepEmpty : value === null || value === undefined ? keepEmpty : true) {
      yield Array.isArray(value)
        ? withItem(doc, undefined, null)
        : indexField === undefined
          ? doc
          : { ...doc, [indexField]: null };
    }
  }
}

const unwind: StageCompiler = (argument) => {
  const spec: Doc = isDoc(argument) ? argument : { path: argument };
  const unknown = Object.keys(spec).find(
    (key) => !["path", "includeArrayIndex", "preserveNullAndEmptyArrays"].includes(key),
  );
  if (unknown) throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  const { path, includeArrayIndex: indexField } = spec;
  if (typeof path !== "string") throw new CommandError(28808, "expected a string as the path for $unwind stage");
  if (!path.startsWith("$") || path.length < 2)
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const parts = path.slice(1).split(".");
  return (docs) => unwound(docs, parts, spec.preserveNullAndEmptyArrays === true, indexField as string | undefined);
};

/** Stages that change documents one by one. */
export const shapeStages: Record<string, StageCompiler> = {
  $addFields: addFields,
  $set: addFields,
  $project: project,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $unwind: unwind,
};
