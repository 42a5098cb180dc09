import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, toNumber } from "../bson/values";
import { badValue, CommandError } from "../errors";
import type { MatchOptions } from "./matcher";
import { elementTest } from "./matcher";
import type { ProjectionNode, ProjectionTree } from "./projection-spec";
import { parseProjection } from "./projection-spec";

/** Makes the answer of a document. */
export type Projection = (doc: Doc) => Doc;

/** Chooses one element for `a.$`: its index, or undefined. */
export type PositionOf = (doc: Doc, arrayPath: string) => number | undefined;

type Step = (value: Value, doc: Doc) => Value;

function slice(operand: Value): Step {
  const list = Array.isArray(operand) ? (operand as Value[]) : [operand];
  if (!list.length || list.length > 2 || !list.every(isNumber)) throw new CommandError(28667, "Invalid $slice syntax");
  const [first = 0, second] = list.map(toNumber);
  if (second !== undefined && second <= 0) throw new CommandError(28724, "Second argument to $slice must be positive");
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (second === undefined) return first >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first >= 0 ? first : Math.max(0, value.length + first);
    return value.slice(start, start + second);
  };
}

function firstElement(operand: Doc, options: MatchOptions): Step {
  const test = elementTest(operand, options);
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const at = (value as Value[]).findIndex(test);
    return at < 0 ? undefined : [value[at]];
  };
}

interface Compiler {
  inclusive: boolean;
  options: MatchOptions;
  positionOf: PositionOf;
}

function compileNode(node: ProjectionNode, path: string, compiler: Compiler): Step {
  const { options } = compiler;
  switch (node.kind) {
    case "include":
      return (value) => value;
    case "exclude":
      return () => undefined;
    case "slice":
      return slice(node.operand);
    case "elemMatch":
      return firstElement(node.operand, options);
    case "positional":
      return (value, doc) => {
        if (!Array.isArray(value)) return value;
        const at = compiler.positionOf(doc, path);
        if (at === undefined)
          throw new CommandError(
            51246,
            "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
          );
        return [value[at]];
      };
    case "computed": {
      if (!options.compileExpression) throw badValue("expressions are not allowed here");
      const evaluate = options.compileExpression(node.expression);
      return (_, doc) => evaluate(doc);
    }
    case "tree":
      return compileTree(node, path, compiler);
  }
}

const isComputed = (node: ProjectionNode): boolean =>
  node.kind === "computed" || (node.kind === "tree" && [...node.children.values()].some(isComputed));

function compileTree(tree: ProjectionTree, path: string, compiler: Compiler): Step {
  const { inclusive } = compiler;
  const steps = new Map<string, Step>();
  const computed = new Set<string>();
  for (const [field, node] of tree.children) {
    steps.set(field, compileNode(node, path ? `${path}.${field}` : field, compiler));
    if (isComputed(node)) computed.add(field);
  }
  const project = (source: Doc, doc: Doc): Doc => {
    const out: Doc = {};
    for (const field of Object.keys(source)) {
      const step = steps.get(field);
      if (!step && inclusive) continue;
      if (computed.has(field) && inclusive && tree.children.get(field)?.kind === "computed") continue;
      const value = step ? step(source[field], doc) : source[field];
      if (value !== undefined) out[field] = value;
    }
    for (const field of computed) {
      if (field in out) continue;
      const value = steps.get(field)?.(source[field], doc);
      if (value !== undefined) out[field] = value;
    }
    return out;
  };
  const step: Step = (value, doc) => {
    if (isDoc(value)) return project(value, doc);
    if (Array.isArray(value)) {
      return (value as Value[]).map((item) => step(item, doc)).filter((item) => item !== undefined);
    }
    if (computed.size) return project({}, doc);
    return inclusive ? undefined : value;
  };
  return step;
}

/**
 * Compiles a projection; fields keep the document's order, computed ones follow.
 * @param inFind Whether it is the projection of `find` (or findAndModify) rather than of `$project`.
 */
export function compileProjection(
  spec: Doc,
  inFind: boolean,
  options: MatchOptions,
  positionOf: PositionOf = () => undefined,
): Projection {
  const { root, inclusive } = parseProjection(spec, inFind);
  const step = compileTree(root, "", { inclusive, options, positionOf });
  return (doc) => step(doc, doc) as Doc;
}
