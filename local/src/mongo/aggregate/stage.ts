import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import type { Call } from "../commands/call";
import { compileExpression } from "./expression";

/** A stage that has been compiled: documents in, documents out. */
export type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** What a pipeline runs in. */
export interface PipelineScope {
  call: Call;
  strings: CompareStrings | undefined;
  /** Variables of `let`, of the command or of an enclosing $lookup. */
  variables: Doc;
  /** Compiles a pipeline over another collection, for $lookup and $unionWith. */
  open(ns: string, pipeline: Doc[], variables: Doc): Iterable<Doc>;
  /** Compiles the stages of a sub-pipeline, for $facet. */
  compile(pipeline: Doc[]): Stage;
}

export type StageCompiler = (argument: Value, scope: PipelineScope) => Stage;

export const expressionIn = (
  scope: Pick<PipelineScope, "strings" | "variables">,
  expression: Value,
): ((doc: Doc) => Value) => compileExpression(expression, { strings: scope.strings, variables: scope.variables });
