import type { BSONRegExp } from "bson";
import { CommandError } from "../errors";

const invalid = (reason: string) => new CommandError(51091, `Regular expression is invalid: ${reason}`);

const escapes: Record<string, string> = {
  A: "(?<![\\s\\S])",
  z: "(?![\\s\\S])",
  Z: "(?=\\n?(?![\\s\\S]))",
  h: "[ \\t]",
  a: "\\x07",
  e: "\\x1b",
};
/** PCRE escapes JavaScript reads as a plain letter, which would be a wrong result. */
const refused = /[CGKRXQEgo]/;

/** Rewrites what PCRE and JavaScript write differently. @throws CommandError 51091 for what JavaScript has not. */
function translate(pattern: string, multiline: boolean, extended: boolean): string {
  let out = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === "\\") {
      const next = pattern[++i] ?? "";
      if (!inClass && refused.test(next)) throw invalid(`\\${next} is not supported by this server`);
      out += inClass ? char + next : (escapes[next] ?? char + next);
    } else if (inClass) {
      if (char === "[" && /^\[[:.=]/.test(pattern.slice(i)))
        throw invalid("POSIX classes are not supported by this server");
      inClass = char !== "]";
      out += char;
    } else if (char === "[") {
      inClass = true;
      out += char;
    } else if (char === "$" && !multiline) out += escapes.Z as string;
    else if (extended && /\s/.test(char)) continue;
    else if (extended && char === "#") while (i < pattern.length && pattern[i] !== "\n") i++;
    else if (char === "+" && /(?:^|[^\\])[*+?}]$/.test(out))
      throw invalid("possessive quantifiers are not supported by this server");
    else if (/^\(\?[>#|R&P]/.test(pattern.slice(i, i + 3)) && !pattern.startsWith("(?P<", i))
      throw invalid(`${pattern.slice(i, i + 3)} is not supported by this server`);
    else if (pattern.startsWith("(?P<", i)) {
      out += "(?<";
      i += 3;
    } else out += char;
  }
  return out;
}

const cache = new Map<string, RegExp>();

/**
 * Compiles a PCRE pattern with MongoDB's options `i`, `m`, `s`, `x`, `u`, and inline options at its start (`(?i)`).
 * @throws CommandError 51108 for an unknown option, 51091 for a pattern that JavaScript cannot express.
 */
export function compileRegex(source: string, options: string): RegExp {
  const key = `${options}/${source}`;
  const known = cache.get(key);
  if (known) return known;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  const flags = new Set(options + (inline?.[1] ?? ""));
  for (const flag of flags)
    if (!"imsxu".includes(flag)) throw new CommandError(51108, `invalid flag in regex options: ${flag}`);
  const body = translate(inline ? source.slice(inline[0].length) : source, flags.has("m"), flags.has("x"));
  const js = [...flags].filter((flag) => "ims".includes(flag)).join("");
  const compiled = tryCompile(body, `${js}u`) ?? tryCompile(body, js);
  if (!compiled) throw invalid(source);
  if (cache.size > 500) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

function tryCompile(body: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(body, flags);
  } catch {
    return undefined;
  }
}

export const regexOf = (value: BSONRegExp): RegExp => compileRegex(value.pattern, value.options);
