import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import type { Change } from "./paths";

/** Where an operator is applied. */
export interface Target {
  /** The document as it was found. */
  doc: Doc;
  /** The last part of the path, for messages. */
  field: string;
  strings: CompareStrings | undefined;
}

/** An update operator on one field. */
export interface Operator {
  /** Refuses a malformed operand, before any document is looked at. */
  check?(operand: Value, path: string): void;
  apply(operand: Value, target: Target): Change;
}
