import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";

/** What an expression sees when it runs: the document and the variables. */
export interface Scope {
  root: Value;
  variables: Doc;
}

export type Evaluate = (scope: Scope) => Value;

/** What is known when an expression is compiled. */
export interface CompileContext {
  strings: CompareStrings | undefined;
  /** Names of variables in scope besides ROOT, CURRENT, NOW and REMOVE. */
  names: ReadonlySet<string>;
  compile(expression: Value, names?: ReadonlySet<string>): Evaluate;
}

/** A function of its evaluated arguments. */
export interface FunctionOperator {
  min: number;
  max: number;
  run(args: Value[], strings: CompareStrings | undefined): Value;
}

/** An operator that compiles its own argument, as one that binds variables must. */
export type CompileOperator = (argument: Value, context: CompileContext, name: string) => Evaluate;

export const operator = (min: number, max: number, run: FunctionOperator["run"]): FunctionOperator => ({
  min,
  max,
  run,
});

export const isNullish = (value: Value): boolean => value === null || value === undefined;
