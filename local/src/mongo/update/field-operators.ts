import { Timestamp } from "bson";
import { calculate, LongOverflow } from "../bson/arithmetic";
import { compare, equals } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, toNumber, typeName } from "../bson/values";
import { badValue, failedToParse, typeMismatch } from "../errors";
import { quoted } from "../query/show";
import type { Operator } from "./operator";

let increment = 0;
/** A timestamp of now: seconds, and a number that tells those of one second apart. */
const timestampNow = () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: ++increment });

const shownNumber = (value: Value): string =>
  typeof value === "bigint" ? `(NumberLong)${value}` : `(NumberInt)${toNumber(value)}`;

function arithmetic(name: "$inc" | "$mul"): Operator {
  const verb = name === "$inc" ? "increment" : "multiply";
  return {
    check(operand, path) {
      if (!isNumber(operand)) {
        throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${quoted(operand)}}`);
      }
    },
    apply(operand, { doc, field }) {
      return (old) => {
        if (old === undefined) return name === "$inc" ? operand : calculate("multiply", operand, 0);
        if (!isNumber(old)) {
          const id = quoted(doc._id);
          throw typeMismatch(
            `Cannot apply ${name} to a value of non-numeric type. {_id: ${id}} has the field '${field}' of non-numeric type ${typeName(old)}`,
          );
        }
        try {
          return calculate(name === "$inc" ? "add" : "multiply", old, operand);
        } catch (error) {
          if (!(error instanceof LongOverflow)) throw error;
          throw badValue(
            `Failed to apply ${name} operations to current value (${shownNumber(old)}) for document {_id: ${quoted(doc._id)}}`,
          );
        }
      };
    },
  };
}

const extreme = (sign: 1 | -1): Operator => ({
  apply:
    (operand, { strings }) =>
    (old) =>
      old === undefined || compare(operand, old, strings) * sign > 0 ? operand : old,
});

/** Keeps the old value when it is the same in type and value, so that an update without effect is seen as one. */
const setTo: Operator = {
  apply: (operand) => (old) =>
    typeName(old) === typeName(operand) && equals(old, operand) && old !== undefined
      ? keepIfSame(old, operand)
      : operand,
};

/** Equal documents may still differ in the types of numbers within. */
const keepIfSame = (old: Value, next: Value): Value => (typeof old === "object" && old !== null ? next : old);

const currentDate: Operator = {
  check(operand) {
    if (typeof operand === "boolean") return;
    const type = isDoc(operand) ? operand.$type : undefined;
    if (!isDoc(operand)) {
      throw badValue(
        `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    }
    const unknown = Object.keys(operand).find((key) => key !== "$type");
    if (unknown) throw badValue(`Unrecognized $currentDate option: ${unknown}`);
    if (type !== "date" && type !== "timestamp") {
      throw badValue(
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
  },
  apply: (operand) => () => (isDoc(operand) && operand.$type === "timestamp" ? timestampNow() : new Date()),
};

const bit: Operator = {
  check(operand, path) {
    if (!isDoc(operand)) {
      throw badValue(
        `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}}`,
      );
    }
    const entries = Object.entries(operand);
    if (!entries.length)
      throw badValue(
        `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}}`,
      );
    for (const [name, value] of entries) {
      if (!["and", "or", "xor"].includes(name)) {
        throw badValue(
          `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${quoted(value)}}`,
        );
      }
      if (typeName(value) !== "int" && typeName(value) !== "long") {
        throw badValue(
          `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: {${path}: ${quoted(value)}}`,
        );
      }
    }
  },
  apply:
    (operand, { field }) =>
    (old) => {
      if (old !== undefined && typeName(old) !== "int" && typeName(old) !== "long") {
        throw badValue(
          `Cannot apply $bit to a value of non-integral type.${field} has the field of non-integer type ${typeName(old)}`,
        );
      }
      let result = BigInt((old as number | bigint | undefined) ?? 0);
      let long = typeof old === "bigint";
      for (const [name, value] of Object.entries(operand as Doc)) {
        const mask = BigInt(value as number | bigint);
        long ||= typeof value === "bigint";
        result = name === "and" ? result & mask : name === "or" ? result | mask : result ^ mask;
      }
      return long ? result : Number(result);
    },
};

/** Operators that look at one field. */
export const fieldOperators: Record<string, Operator> = {
  $set: setTo,
  $setOnInsert: setTo,
  $unset: { apply: () => () => undefined },
  $inc: arithmetic("$inc"),
  $mul: arithmetic("$mul"),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $bit: bit,
};

export const renameTarget = (operand: Value, source: string): string => {
  if (typeof operand !== "string") {
    throw badValue(`The 'to' field for $rename must be a string: ${source}: ${quoted(operand)}`);
  }
  if (source === operand)
    throw badValue(`The source and target field for $rename must differ: ${source}: "${operand}"`);
  if (/(^|\.)\$/.test(source) || /(^|\.)\$/.test(operand)) {
    throw badValue(`The source field for $rename may not be dynamic: ${source}`);
  }
  if (operand === "") throw failedToParse("An empty update path is not valid.");
  return operand;
};
