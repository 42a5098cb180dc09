import type { Doc, Value } from "../../bson/values";
import { isDoc, typeName } from "../../bson/values";
import { CommandError } from "../../errors";
import type { CompileOperator, FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";

function merge(args: Value[]): Value {
  const lists = args.length === 1 && Array.isArray(args[0]) ? (args[0] as Value[]) : args;
  const merged: Doc = {};
  for (const item of lists) {
    if (isNullish(item)) continue;
    if (!isDoc(item))
      throw new CommandError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(item)}`);
    Object.assign(merged, item);
  }
  return merged;
}

function toArray([doc]: Value[]): Value {
  if (isNullish(doc)) return null;
  if (!isDoc(doc)) throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(doc)}`);
  return Object.entries(doc).map(([k, v]) => ({ k, v }));
}

const literal: CompileOperator = (argument) => () => argument;

const letIn: CompileOperator = (argument, context) => {
  if (!isDoc(argument) || !isDoc(argument.vars) || !("in" in argument)) {
    throw new CommandError(16874, "$let only supports an object as its argument");
  }
  const variables = Object.entries(argument.vars).map(([name, value]) => [name, context.compile(value)] as const);
  const body = context.compile(argument.in, new Set([...context.names, ...variables.map(([name]) => name)]));
  return (scope) => {
    const values = Object.fromEntries(variables.map(([name, value]) => [name, value(scope)]));
    return body({ ...scope, variables: { ...scope.variables, ...values } });
  };
};

const getField: CompileOperator = (argument, context) => {
  const { field, input } = isDoc(argument) && "field" in argument ? argument : { field: argument, input: "$$CURRENT" };
  const name = context.compile(field);
  const from = context.compile(input ?? "$$CURRENT");
  return (scope) => {
    const doc = from(scope);
    const key = name(scope);
    if (typeof key !== "string")
      throw new CommandError(5654602, "$getField requires 'field' to evaluate to type String");
    return isDoc(doc) && Object.hasOwn(doc, key) ? doc[key] : doc === null ? null : undefined;
  };
};

const setFieldNames = ["field", "input", "value"];

/** `$setField`, and `$unsetField` without a value. The field's name may hold dots and dollars. */
const setField: CompileOperator = (argument, context, name) => {
  const names = name === "$setField" ? setFieldNames : setFieldNames.slice(0, 2);
  if (
    !isDoc(argument) ||
    names.some((key) => !(key in argument)) ||
    Object.keys(argument).some((key) => !names.includes(key))
  ) {
    throw new CommandError(4161101, `${name} requires exactly ${names.join(", ")}`);
  }
  const field = isDoc(argument.field) && "$literal" in argument.field ? argument.field.$literal : argument.field;
  if (typeof field !== "string")
    throw new CommandError(4161107, `${name} requires 'field' to evaluate to a constant string`);
  const input = context.compile(argument.input);
  const value = context.compile("value" in argument ? argument.value : "$$REMOVE");
  return (scope) => {
    const doc = input(scope);
    if (isNullish(doc)) return null;
    if (!isDoc(doc)) throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`);
    const copy = { ...doc };
    const next = value(scope);
    if (next === undefined) Reflect.deleteProperty(copy, field);
    else copy[field] = next;
    return copy;
  };
};

export const objectOperators: Record<string, FunctionOperator> = {
  $mergeObjects: operator(0, Infinity, merge),
  $objectToArray: operator(1, 1, toArray),
  $rand: operator(0, 0, () => Math.random()),
};

export const objectCompilers: Record<string, CompileOperator> = {
  $literal: literal,
  $let: letIn,
  $getField: getField,
  $setField: setField,
  $unsetField: setField,
};
