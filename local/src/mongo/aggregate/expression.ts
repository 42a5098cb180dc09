import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import { CommandError } from "../errors";
import type { CompileContext, CompileOperator, Evaluate, FunctionOperator } from "./operator";
import { accumulateOperators } from "./operators/accumulate";
import { arithmeticOperators } from "./operators/arithmetic";
import { arrayCompilers, arrayOperators } from "./operators/array";
import { convertOperators } from "./operators/convert";
import { dateCompilers } from "./operators/date";
import { logicCompilers, logicOperators } from "./operators/logic";
import { objectCompilers, objectOperators } from "./operators/object";
import { stringCompilers, stringOperators } from "./operators/string";

const functions: ReadonlyMap<string, FunctionOperator> = new Map(
  Object.entries({
    ...accumulateOperators,
    ...arithmeticOperators,
    ...arrayOperators,
    ...convertOperators,
    ...logicOperators,
    ...objectOperators,
    ...stringOperators,
  }),
);
const compilers: ReadonlyMap<string, CompileOperator> = new Map(
  Object.entries({ ...arrayCompilers, ...dateCompilers, ...logicCompilers, ...objectCompilers, ...stringCompilers }),
);

/** Variables and string order of an expression. */
export interface ExpressionOptions {
  strings?: CompareStrings | undefined;
  variables?: Doc | undefined;
}

/** Follows a field path as expressions do: through an array it gives the array of what its documents have there. */
function follow(value: Value, path: readonly string[], i: number): Value {
  if (i === path.length) return value;
  if (Array.isArray(value)) {
    return (value as Value[]).flatMap((item) => {
      const found = isDoc(item) || Array.isArray(item) ? follow(item, path, i) : undefined;
      return found === undefined ? [] : [found];
    });
  }
  const part = path[i] as string;
  return isDoc(value) && Object.hasOwn(value, part) ? follow(value[part], path, i + 1) : undefined;
}

function fieldPath(text: string): Evaluate {
  const path = text.slice(1).split(".");
  if (path.includes("")) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  const [only] = path;
  if (path.length === 1 && only !== undefined) {
    return ({ root }) => (isDoc(root) && Object.hasOwn(root, only) ? root[only] : undefined);
  }
  return ({ root }) => follow(root, path, 0);
}

function variablePath(text: string, names: ReadonlySet<string>): Evaluate {
  const [name = "", ...path] = text.slice(2).split(".");
  switch (name) {
    case "ROOT":
    case "CURRENT":
      return ({ root }) => follow(root, path, 0);
    case "REMOVE":
      return () => undefined;
    case "NOW": {
      const now = new Date();
      return () => now;
    }
  }
  if (!names.has(name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
  return ({ variables }) => follow(variables[name], path, 0);
}

function call(name: string, argument: Value, context: CompileContext): Evaluate {
  const compiler = compilers.get(name);
  if (compiler) return compiler(argument, context, name);
  const found = functions.get(name);
  if (!found) throw new CommandError(168, `Unrecognized expression '${name}'`);
  const { min, max } = found;
  const none = max === 0 && isDoc(argument) && !Object.keys(argument).length;
  const list = none ? [] : Array.isArray(argument) ? (argument as Value[]) : [argument];
  const args = list.map((part) => context.compile(part));
  if (args.length < min || args.length > max) {
    const takes =
      min === max ? `exactly ${min}` : `at least ${min}${max === Infinity ? "" : ` arguments, and at most ${max}`}`;
    throw new CommandError(16020, `Expression ${name} takes ${takes} arguments. ${args.length} were passed in.`);
  }
  return (scope) =>
    found.run(
      args.map((arg) => arg(scope)),
      context.strings,
    );
}

function compileDoc(doc: Doc, context: CompileContext): Evaluate {
  const entries = Object.entries(doc);
  const [first] = entries;
  if (first?.[0].startsWith("$")) {
    if (entries.length > 1) {
      throw new CommandError(15983, "An object representing an expression must have exactly one field");
    }
    return call(first[0], first[1], context);
  }
  const fields = entries.map(([name, value]) => [name, context.compile(value)] as const);
  return (scope) => {
    const result: Doc = {};
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function compileWith(expression: Value, strings: CompareStrings | undefined, names: ReadonlySet<string>): Evaluate {
  const context: CompileContext = {
    strings,
    names,
    compile: (inner, innerNames = names) => compileWith(inner, strings, innerNames),
  };
  if (typeof expression === "string") {
    if (expression.startsWith("$$")) return variablePath(expression, names);
    if (expression.startsWith("$") && expression.length > 1) return fieldPath(expression);
    return () => expression;
  }
  if (Array.isArray(expression)) {
    const items = (expression as Value[]).map((item) => context.compile(item));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  return isDoc(expression) ? compileDoc(expression, context) : () => expression;
}

/**
 * Compiles an aggregation expression.
 * @throws CommandError 168 for an operator this server does not know, 16020 for a wrong number of arguments, 17276 for
 * an undefined variable.
 */
export function compileExpression(expression: Value, options: ExpressionOptions): (doc: Doc) => Value {
  const variables = options.variables ?? {};
  const evaluate = compileWith(expression, options.strings, new Set(Object.keys(variables)));
  return (root) => evaluate({ root, variables });
}
