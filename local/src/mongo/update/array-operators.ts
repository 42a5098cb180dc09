import { equals } from "../bson/compare";
import type { Value } from "../bson/values";
import { isDoc, isNumber, isOperators, toNumber, typeName } from "../bson/values";
import { badValue, CommandError, failedToParse, typeMismatch } from "../errors";
import { compileFilter, elementTest } from "../query/matcher";
import { equalTo } from "../query/operators";
import { parseOrder } from "../query/order";
import { quoted } from "../query/show";
import { sortBy } from "../query/sort";
import type { Operator } from "./operator";

const pushClauses = new Set(["$each", "$slice", "$sort", "$position"]);

function integer(value: Value, clause: string): number {
  const number = toNumber(value);
  if (!isNumber(value))
    throw badValue(`The value for ${clause} must be an integer value but was given type: ${typeName(value)}`);
  if (!Number.isInteger(number))
    throw badValue(`The value for ${clause} must be an integer value but was given type: double`);
  return number;
}

function each(operand: Value, operator: string): Value[] | undefined {
  if (!isDoc(operand) || !("$each" in operand)) return undefined;
  if (Array.isArray(operand.$each)) return operand.$each as Value[];
  const type = typeName(operand.$each);
  throw operator === "$push"
    ? badValue(`The argument to $each in $push must be an array but it was of type: ${type}`)
    : typeMismatch(`The argument to $each in $addToSet must be an array but it was of type ${type}`);
}

function sortElements(list: Value[], sort: Value, target: Parameters<Operator["apply"]>[1]): Value[] {
  const { strings } = target;
  if (isDoc(sort)) return sortBy(list, parseOrder(sort) ?? [], (item) => (isDoc(item) ? item : {}), { strings });
  const order = parseOrder({ v: sort }) ?? [];
  return sortBy(list, order, (item) => ({ v: Array.isArray(item) ? [item] : item }), { strings });
}

const push: Operator = {
  check(operand) {
    const items = each(operand, "$push");
    if (!items || !isDoc(operand)) return;
    const unknown = Object.keys(operand).find((clause) => !pushClauses.has(clause));
    if (unknown) throw badValue(`Unrecognized clause in $push: ${unknown}`);
    if (operand.$slice !== undefined) integer(operand.$slice, "$slice");
    if (operand.$position !== undefined) integer(operand.$position, "$position");
    const { $sort: sort } = operand;
    if (sort === undefined) return;
    const directions = isDoc(sort) ? Object.values(sort) : [sort];
    if (!directions.length) throw badValue("The $sort pattern is empty when it should be a set of fields.");
    if (!directions.every((one) => Math.abs(toNumber(one)) === 1)) {
      throw badValue("The $sort element value must be either 1 or -1");
    }
  },
  apply: (operand, target) => (old) => {
    if (old !== undefined && !Array.isArray(old)) {
      throw badValue(
        `The field '${target.field}' must be an array but is of type ${typeName(old)} in document {_id: ${quoted(target.doc._id)}}`,
      );
    }
    const items = each(operand, "$push");
    let list = [...((old as Value[] | undefined) ?? [])];
    if (!items || !isDoc(operand)) return [...list, operand];
    const position = operand.$position === undefined ? list.length : toNumber(operand.$position);
    list.splice(position < 0 ? Math.max(0, list.length + position) : Math.min(position, list.length), 0, ...items);
    if (operand.$sort !== undefined) list = sortElements(list, operand.$sort, target);
    if (operand.$slice !== undefined) {
      const size = toNumber(operand.$slice);
      list = size >= 0 ? list.slice(0, size) : list.slice(size);
    }
    return list;
  },
};

const addToSet: Operator = {
  check(operand) {
    each(operand, "$addToSet");
    if (isDoc(operand) && "$each" in operand && Object.keys(operand).length > 1) {
      const unknown = Object.keys(operand).find((key) => key !== "$each");
      throw badValue(`Found unexpected fields after $each in $addToSet: ${String(unknown)}`);
    }
  },
  apply:
    (operand, { field, strings }) =>
    (old) => {
      if (old !== undefined && !Array.isArray(old)) {
        throw badValue(
          `Cannot apply $addToSet to a non-array field. Field named '${field}' has non-array type ${typeName(old)}`,
        );
      }
      const list = [...((old as Value[] | undefined) ?? [])];
      for (const item of each(operand, "$addToSet") ?? [operand]) {
        if (!list.some((other) => equals(other, item, strings))) list.push(item);
      }
      return old !== undefined && list.length === (old as Value[]).length ? old : list;
    },
};

/** Removes the elements a test accepts; a missing field stays missing. */
function removing(
  name: string,
  test: (operand: Value, target: Parameters<Operator["apply"]>[1]) => (item: Value) => boolean,
): Operator {
  return {
    apply: (operand, target) => {
      const accepts = test(operand, target);
      return (old) => {
        if (old === undefined) return undefined;
        if (!Array.isArray(old)) throw badValue(`Cannot apply ${name} to a non-array value`);
        const kept = (old as Value[]).filter((item) => !accepts(item));
        return kept.length === old.length ? old : kept;
      };
    },
  };
}

const pull = removing("$pull", (operand, { strings }) => {
  if (isOperators(operand)) return elementTest(operand, { strings });
  if (!isDoc(operand)) return equalTo(operand, strings);
  const matches = compileFilter(operand, { strings });
  return (item) => isDoc(item) && matches(item);
});

const pullAll: Operator = {
  ...removing("$pullAll", (operand, { strings }) => {
    const unwanted = operand as Value[];
    return (item) => unwanted.some((one) => equals(one, item, strings));
  }),
  check(operand) {
    if (!Array.isArray(operand))
      throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  },
};

const pop: Operator = {
  check(operand, path) {
    if (!isNumber(operand)) throw failedToParse(`Expected a number in: ${path}: ${quoted(operand)}`);
    if (Math.abs(toNumber(operand)) !== 1) throw failedToParse(`$pop expects 1 or -1, found: ${quoted(operand)}`);
  },
  apply:
    (operand, { field }) =>
    (old) => {
      if (old === undefined) return undefined;
      if (!Array.isArray(old))
        throw new CommandError(14, `Path '${field}' contains an element of non-array type '${typeName(old)}'`);
      if (!old.length) return old;
      return toNumber(operand) === 1 ? old.slice(0, -1) : old.slice(1);
    },
};

/** Operators on arrays. */
export const arrayOperators: Record<string, Operator> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
