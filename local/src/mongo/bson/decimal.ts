import { Decimal128, Double } from "bson";
import { notImplemented } from "../errors";
import type { Value } from "./values";

/** An exact number: numerator / denominator, the denominator positive. */
interface Rational {
  n: bigint;
  d: bigint;
}

const view = new DataView(new ArrayBuffer(8));

/** The exact value of a finite double. */
function rationalOfDouble(x: number): Rational {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = BigInt(Math.max(exponent, 1) - 1075);
  const signed = bits >> 63n ? -mantissa : mantissa;
  return shift >= 0n ? { n: signed << shift, d: 1n } : { n: signed, d: 1n << -shift };
}

function rationalOfDecimal(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text);
  if (!match) throw notImplemented(`the decimal ${text} in a comparison`);
  const [, sign, whole = "0", fraction = "", power = "0"] = match;
  const digits = BigInt(whole + fraction) * (sign ? -1n : 1n);
  const exponent = Number(power) - fraction.length;
  return exponent >= 0 ? { n: digits * 10n ** BigInt(exponent), d: 1n } : { n: digits, d: 10n ** BigInt(-exponent) };
}

/** Infinities and NaN as a JavaScript number; undefined when finite. */
const specials: Record<string, number> = { Infinity, "-Infinity": -Infinity, NaN };

function special(value: Value): number | undefined {
  if (value instanceof Decimal128) return specials[value.toString()];
  const n = value instanceof Double ? value.value : value;
  return typeof n === "number" && !Number.isFinite(n) ? n : undefined;
}

function rational(value: Value): Rational {
  if (value instanceof Decimal128) return rationalOfDecimal(value.toString());
  if (typeof value === "bigint") return { n: value, d: 1n };
  return rationalOfDouble(value instanceof Double ? value.value : Number(value));
}

/** Order of two numbers of any BSON type, exactly; NaN is the smallest and equals itself. */
export function compareExactly(a: Value, b: Value): number {
  const specialA = special(a);
  const specialB = special(b);
  if (specialA !== undefined || specialB !== undefined) {
    const left = specialA ?? 0;
    const right = specialB ?? 0;
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const x = rational(a);
  const y = rational(b);
  const left = x.n * y.d;
  const right = y.n * x.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The largest double that is not above `r`. */
function floorToDouble(r: Rational): number {
  let low = Number(r.n) / Number(r.d);
  if (!Number.isFinite(low)) {
    // numerator or denominator beyond double's range: scale both down, the loop below makes it exact
    const bits = BigInt(Math.max(r.n.toString(2).length, r.d.toString(2).length) - 1000);
    low = Number(r.n >> bits) / Number(r.d >> bits);
  }
  const above = (x: number) => {
    const q = rationalOfDouble(x);
    return q.n * r.d > r.n * q.d;
  };
  while (above(low)) low = nextDouble(low, -1);
  for (let next = nextDouble(low, 1); !above(next); next = nextDouble(low, 1)) low = next;
  return low;
}

function nextDouble(x: number, direction: 1 | -1): number {
  if (x === 0) return direction * Number.MIN_VALUE;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(x > 0 ? direction : -direction));
  return view.getFloat64(0);
}

/**
 * Splits a number into doubles whose lexicographic order is the order of the numbers: the largest double not above it,
 * then the same of the rest, twice (159 bits, more than the 113 of a decimal128).
 * @throws CommandError 238 for a decimal outside the range of a double.
 */
export function doubleParts(value: Value): number[] {
  const whole = special(value);
  if (whole !== undefined) return [whole];
  let rest = rational(value);
  const magnitude = Math.abs(Number(value instanceof Decimal128 ? value.toString() : value));
  if (rest.n !== 0n && (magnitude < 1e-290 || !Number.isFinite(magnitude))) {
    if (value instanceof Decimal128) throw notImplemented("comparing a decimal outside the range of a double");
  }
  const parts: number[] = [];
  for (let i = 0; i < 3 && (i === 0 || rest.n !== 0n); i++) {
    const part = floorToDouble(rest);
    parts.push(part);
    const taken = rationalOfDouble(part);
    rest = { n: rest.n * taken.d - taken.n * rest.d, d: rest.d * taken.d };
  }
  return parts;
}
