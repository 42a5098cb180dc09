import type { Doc } from "../../bson/values";
import { isDoc, isNumber, toNumber } from "../../bson/values";
import { CommandError } from "../../errors";
import { compileFilter } from "../../query/matcher";
import { parseOrder } from "../../query/order";
import { sortBy } from "../../query/sort";
import type { StageCompiler } from "../stage";
import { expressionIn } from "../stage";

const match: StageCompiler = (argument, scope) => {
  if (!isDoc(argument)) throw new CommandError(15959, "the match filter must be an expression in an object");
  const matches = compileFilter(argument, {
    strings: scope.strings,
    compileExpression: (expression) => expressionIn(scope, expression),
  });
  return function* (docs) {
    for (const doc of docs) if (matches(doc)) yield doc;
  };
};

const sort: StageCompiler = (argument, { strings }) => {
  if (!isDoc(argument)) throw new CommandError(15973, "the $sort key specification must be an object");
  const order = parseOrder(argument);
  if (!order) throw new CommandError(15976, "$sort stage must have at least one sort key");
  return (docs) => sortBy(docs, order, (doc: Doc) => doc, { strings });
};

/** The number of $limit and $skip. */
export function stageCount(name: string, argument: unknown, least: number): number {
  const count = toNumber(argument);
  if (!isNumber(argument) || !Number.isInteger(count))
    throw new CommandError(5107201, `invalid argument to ${name} stage: Expected an integer`);
  if (count < least) {
    if (name === "$limit" && count === 0) throw new CommandError(15958, "the limit must be positive");
    throw new CommandError(5107200, `invalid argument to ${name} stage: Expected a non-negative number`);
  }
  return count;
}

const limit: StageCompiler = (argument) => {
  const most = stageCount("$limit", argument, 1);
  return function* (docs) {
    let taken = 0;
    for (const doc of docs) {
      yield doc;
      if (++taken >= most) return;
    }
  };
};

const skip: StageCompiler = (argument) => {
  const first = stageCount("$skip", argument, 0);
  return function* (docs) {
    let position = 0;
    for (const doc of docs) if (position++ >= first) yield doc;
  };
};

const sample: StageCompiler = (argument) => {
  const size = isDoc(argument) ? toNumber(argument.size) : NaN;
  if (!(size >= 0)) throw new CommandError(28746, "size argument to $sample must be a positive number");
  return (docs) => {
    const all = [...docs];
    for (let i = all.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [all[i], all[j]] = [all[j] as Doc, all[i] as Doc];
    }
    return all.slice(0, Math.trunc(size));
  };
};

export const selectStages: Record<string, StageCompiler> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $sample: sample,
};
