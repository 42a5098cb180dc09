import type { Doc, Value } from "../bson/values";
import { isDoc, typeName } from "../bson/values";
import { badValue, CommandError, failedToParse } from "../errors";
import type { Path } from "../query/path";
import { isArrayIndex } from "../query/path";
import { quoted } from "../query/show";
import { arrayOperators } from "./array-operators";
import { fieldOperators, renameTarget } from "./field-operators";
import type { Operator } from "./operator";

/** One operator on one path. */
export interface Modification {
  name: string;
  path: Path;
  operand: Value;
  operator: Operator;
  /** Whether the path holds `$`, `$[]` or `$[id]`. */
  positional: boolean;
}

const operators: Record<string, Operator> = { ...fieldOperators, ...arrayOperators };

const rename: Operator = { apply: () => (old) => old }; // applied by update/apply, which sees both paths

function parsePath(path: string): Path {
  if (path === "") throw new CommandError(56, "An empty update path is not valid.");
  const parts = path.split(".");
  if (parts.includes("")) {
    throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (parts[0] === "$" || parts[0]?.startsWith("$[")) {
    throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  if (parts.filter((part) => part === "$").length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  return parts;
}

const isPositional = (part: string): boolean => part === "$" || part.startsWith("$[");

function modificationsOf(name: string, fields: Value): Modification[] {
  const operator = name === "$rename" ? rename : Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) {
    throw failedToParse(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(fields)) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${quoted(fields)}}`,
    );
  }
  return Object.entries(fields).map(([field, operand]) => {
    const path = parsePath(field);
    operator.check?.(operand, field);
    if (name === "$rename") parsePath(renameTarget(operand, field));
    return { name, path, operand, operator, positional: path.some(isPositional) };
  });
}

const comparePart = (a: string, b: string): number => {
  if (a === b) return 0;
  if (isArrayIndex(a) && isArrayIndex(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
};

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = comparePart(a[i] as string, b[i] as string);
    if (order) return order;
  }
  return a.length - b.length;
}

/** @throws CommandError 40 when one path is, or leads through, another. */
function refuseConflicts(paths: Path[]): void {
  const taken = new Set<string>();
  const parents = new Set<string>();
  for (const path of paths) {
    const whole = path.join(".");
    for (let i = 1; i <= path.length; i++) {
      const prefix = path.slice(0, i).join(".");
      if (taken.has(prefix)) throw conflict(whole, prefix);
      if (i < path.length) parents.add(prefix);
    }
    if (parents.has(whole)) throw conflict(whole, whole);
    taken.add(whole);
  }
}

const conflict = (path: string, at: string) =>
  new CommandError(40, `Updating the path '${path}' would create a conflict at '${at}'`);

/** Where each modification writes; a rename has two such places. */
const writtenPaths = ({ name, path, operand }: Modification): Path[] =>
  name === "$rename" ? [path, String(operand).split(".")] : [path];

/**
 * Reads an update document of operators. The modifications come in the order MongoDB applies them: by path.
 * @throws CommandError 9 for unknown modifiers, 40 for conflicting paths, 2, 14 and 56 for malformed operands and paths.
 */
export function parseModifiers(update: Doc): Modification[] {
  const modifications = Object.entries(update).flatMap(([name, fields]) => modificationsOf(name, fields));
  refuseConflicts(modifications.flatMap(writtenPaths));
  const target = (one: Modification) => (one.name === "$rename" ? String(one.operand).split(".") : one.path);
  return modifications.sort((a, b) => comparePaths(target(a), target(b)));
}
