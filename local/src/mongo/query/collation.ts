import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { toNumber } from "../bson/values";
import { badValue, CommandError, notImplemented, typeMismatch } from "../errors";
import { isDoc } from "../bson/values";

const sensitivities: Record<number, "base" | "accent" | "variant"> = { 1: "base", 2: "accent", 3: "variant" };
const fields = new Set(["locale", "strength", "caseLevel", "caseFirst", "numericOrdering", "alternate", "maxVariable"]);
const collators = new Map<string, CompareStrings>();

/**
 * The order of strings a `collation` document asks for; undefined for none and for `simple` (bytes).
 * @throws CommandError 238 for what ICU through `Intl.Collator` cannot express (strengths 4 and 5, `backwards`).
 */
export function collationOf(spec: Value): CompareStrings | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDoc(spec)) throw typeMismatch("BSON field 'collation' is the wrong type, expected type 'object'");
  if (typeof spec.locale !== "string") {
    if (!Object.keys(spec).length) return undefined;
    throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
  }
  if (spec.locale === "simple") return undefined;
  const key = JSON.stringify(spec, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value));
  const known = collators.get(key);
  if (known) return known;
  const order = collatorOf(spec, spec.locale);
  collators.set(key, order);
  return order;
}

function collatorOf(spec: Doc, locale: string): CompareStrings {
  const strength = spec.strength === undefined ? 3 : toNumber(spec.strength);
  const unknown = Object.keys(spec).find((field) => !fields.has(field) && spec[field] !== false);
  if (unknown) throw notImplemented(`collation option ${unknown}`);
  const sensitivity = spec.caseLevel === true && strength === 1 ? "case" : sensitivities[strength];
  if (!sensitivity || (spec.caseLevel === true && strength !== 1))
    throw notImplemented(`collation strength ${strength}`);
  if (spec.alternate === "shifted") throw notImplemented("collation alternate shifted");
  const caseFirst = spec.caseFirst === "upper" || spec.caseFirst === "lower" ? spec.caseFirst : "false";
  try {
    const collator = new Intl.Collator(locale.replace(/_/g, "-"), {
      sensitivity,
      numeric: spec.numericOrdering === true,
      caseFirst,
    });
    return (a, b) => collator.compare(a, b);
  } catch {
    throw badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
}
