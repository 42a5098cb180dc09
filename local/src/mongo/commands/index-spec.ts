import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, toNumber } from "../bson/values";
import { CommandError, notImplemented } from "../errors";
import { analyse } from "../query/constraints";
import { compileFilter } from "../query/matcher";

const known = new Set([
  "v",
  "key",
  "name",
  "unique",
  "sparse",
  "background",
  "expireAfterSeconds",
  "partialFilterExpression",
  "collation",
  "hidden",
  "ns",
]);
/** Kinds of index this server does not have; MongoDB's names of them. */
const kinds = new Set(["text", "2d", "2dsphere", "hashed", "geoHaystack", "columnstore"]);

const invalid = (message: string) => new CommandError(67, message);

function checkKey(key: Value): Doc {
  if (!isDoc(key) || !Object.keys(key).length) throw invalid("Index keys cannot be an empty object");
  const fields = Object.entries(key);
  if (fields.length > 31) throw invalid("Index key pattern has too many fields");
  for (const [name, direction] of fields) {
    if (name === "" || name.split(".").includes("")) throw invalid("Index keys cannot be an empty field");
    if (name.split(".").some((part) => part.startsWith("$"))) {
      if (name === "$**" || name.endsWith(".$**")) throw notImplemented("a wildcard index");
      throw invalid(`Index key contains an illegal field name: field name starts with '$'.`);
    }
    if (typeof direction === "string") {
      if (kinds.has(direction)) throw notImplemented(`a ${direction} index`);
      throw invalid(`Unknown index plugin '${direction}'`);
    }
    if (!isNumber(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw invalid("Values in the index key pattern must be numbers other than 0");
    }
  }
  return key;
}

/** Conditions a partial index may have (documentation: "Partial Indexes"), as far as the planner understands them. */
function checkPartial(filter: Value): void {
  if (!isDoc(filter)) throw new CommandError(14, "The field 'partialFilterExpression' must be an object");
  compileFilter(filter);
  const { clauses, constraints } = analyse(filter);
  if (clauses !== constraints.length) throw invalid("Expression not supported in partial index");
}

/** Checks an index specification and gives what is stored of it. @throws CommandError 67, 72, 197, 238. */
export function checkIndexSpec(spec: Value): Doc {
  if (!isDoc(spec)) throw new CommandError(14, "The elements of the 'indexes' array must be objects");
  const unknown = Object.keys(spec).find((field) => !known.has(field));
  if (unknown) throw new CommandError(197, `The field '${unknown}' is not valid for an index specification.`);
  const key = checkKey(spec.key);
  if (typeof spec.name !== "string" || !spec.name)
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  if (isDoc(spec.collation) && spec.collation.locale !== "simple") throw notImplemented("an index with a collation");
  if (spec.hidden === true) throw notImplemented("a hidden index");
  const { v: _v, background: _background, ns: _ns, collation: _collation, hidden: _hidden, ...kept } = spec;
  if (spec.partialFilterExpression !== undefined) {
    if (spec.sparse === true) throw invalid('cannot mix "partialFilterExpression" and "sparse" options');
    checkPartial(spec.partialFilterExpression);
  }
  if (spec.expireAfterSeconds !== undefined) {
    const seconds = toNumber(spec.expireAfterSeconds);
    if (!isNumber(spec.expireAfterSeconds) || seconds < 0 || seconds > 2147483647)
      throw invalid("TTL index 'expireAfterSeconds' option must be within an acceptable range");
    if (Object.keys(key).length > 1)
      throw invalid("TTL indexes are single-field indexes, compound indexes do not support TTL.");
  }
  return { v: 2, key, ...kept };
}
