import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, isOperators, isTrue } from "../bson/values";
import { CommandError, notImplemented } from "../errors";

/** What is asked of one field: to be in or out, part of an array, computed, or something of the fields below it. */
export type ProjectionNode =
  | { kind: "include" }
  | { kind: "exclude" }
  | { kind: "slice"; operand: Value }
  | { kind: "elemMatch"; operand: Doc }
  | { kind: "positional" }
  | { kind: "computed"; expression: Value }
  | ProjectionTree;

export interface ProjectionTree {
  kind: "tree";
  children: Map<string, ProjectionNode>;
}

/** A projection read: a tree of fields, of which the rest is either left out or kept. */
export interface ProjectionSpec {
  root: ProjectionTree;
  inclusive: boolean;
}

const collision = (path: string) => new CommandError(31250, `Path collision at ${path}`);

function addNode(root: ProjectionTree, path: string, node: ProjectionNode): void {
  const parts = path.split(".");
  if (parts.includes("")) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  let tree = root;
  for (const [i, part] of parts.entries()) {
    if (part.startsWith("$"))
      throw new CommandError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    const known = tree.children.get(part);
    if (i === parts.length - 1) {
      if (known) throw collision(path);
      tree.children.set(part, node);
    } else if (!known) {
      const next: ProjectionTree = { kind: "tree", children: new Map() };
      tree.children.set(part, next);
      tree = next;
    } else if (known.kind === "tree") tree = known;
    else throw collision(path);
  }
}

function nodeOf(value: Value, inFind: boolean): ProjectionNode {
  if (isNumber(value) || typeof value === "boolean") return { kind: isTrue(value) ? "include" : "exclude" };
  if (inFind && isOperators(value)) {
    if ("$slice" in value && !isExpressionSlice(value.$slice)) return { kind: "slice", operand: value.$slice };
    if ("$elemMatch" in value) {
      if (!isDoc(value.$elemMatch)) throw new CommandError(31274, "elemMatch: Invalid argument, object required");
      return { kind: "elemMatch", operand: value.$elemMatch };
    }
    if ("$meta" in value) throw notImplemented("$meta");
  }
  return { kind: "computed", expression: value };
}

/** `{$slice: ["$a", 2]}` is the expression, `{$slice: [1, 2]}` the projection. */
const isExpressionSlice = (operand: Value): boolean => Array.isArray(operand) && !(operand as Value[]).every(isNumber);

function* flatten(spec: Doc, prefix: string, inFind: boolean): Generator<[string, ProjectionNode]> {
  for (const [field, value] of Object.entries(spec)) {
    if (isDoc(value) && !isOperators(value)) {
      if (!Object.keys(value).length)
        throw new CommandError(51270, `An empty sub-projection is not a valid value. Found empty object at path`);
      yield* flatten(value, `${prefix}${field}.`, inFind);
    } else if (inFind && field.endsWith(".$")) yield [`${prefix}${field.slice(0, -2)}`, { kind: "positional" }];
    else yield [prefix + field, nodeOf(value, inFind)];
  }
}

const addsFields = (node: ProjectionNode): boolean => !["exclude", "slice"].includes(node.kind);

/**
 * Reads a projection.
 * @param inFind Whether `$slice`, `$elemMatch` and `a.$` mean what they mean in `find`.
 * @throws CommandError 31253 and 31254 for a mixture of inclusion and exclusion.
 */
export function parseProjection(spec: Doc, inFind: boolean): ProjectionSpec {
  const root: ProjectionTree = { kind: "tree", children: new Map() };
  const nodes = [...flatten(spec, "", inFind)];
  const others = nodes.filter(([path]) => path !== "_id");
  const deciding = others.filter(([, node]) => node.kind !== "slice");
  const [, first] = deciding[0] ?? nodes.find(([path]) => path === "_id") ?? [];
  const inclusive = first !== undefined && addsFields(first);
  for (const [path, node] of deciding) {
    if (node.kind === "exclude" && inclusive)
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    if (node.kind === "include" && !inclusive)
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    if (node.kind === "computed" && !inclusive && !inFind) {
      throw new CommandError(31310, `Cannot use an expression ${path} in an exclusion projection`);
    }
  }
  for (const [path, node] of nodes) addNode(root, path, node);
  if (inclusive && !root.children.has("_id")) root.children.set("_id", { kind: "include" });
  return { root, inclusive };
}
