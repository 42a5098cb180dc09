import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Rule {
  pattern: RegExp;
  isException: boolean;
  text: string;
}

/** One pattern of a .dockerignore: `**` is any number of folders, `*` and `?` stay within one name. */
function toPattern(text: string): RegExp {
  const source = text
    .split("/")
    .map((part) =>
      part === "**"
        ? "(?:[^/]+/)*"
        : `${part
            .replace(/[.+^${}()|[\]\\]/g, "\\$&")
            .replace(/\*/g, "[^/]*")
            .replace(/\?/g, "[^/]")}/`,
    )
    .join("");
  return new RegExp(`^${source}`);
}

/** https://docs.docker.com/build/concepts/context/#dockerignore-files: the last rule that fits a file, or a folder it is in, decides. */
export class IgnoreRules {
  readonly #rules: Rule[];

  constructor(text: string) {
    this.#rules = text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith("#"))
      .map((line) => {
        const isException = line.startsWith("!");
        const rule = (isException ? line.slice(1) : line).replace(/^\/|\/$/g, "");
        return { pattern: toPattern(rule), isException, text: rule };
      });
  }

  /** @param file relative to the context, with `/` */
  leavesOut(file: string): boolean {
    return this.#rules.reduce(
      (isOut, { pattern, isException }) => (pattern.test(`${file}/`) ? !isException : isOut),
      false,
    );
  }

  /** Whether nothing below a folder that is left out can be an exception. */
  leavesOutAllOf(folder: string): boolean {
    return (
      this.leavesOut(folder) &&
      !this.#rules.some(({ isException, text }) => isException && text.startsWith(`${folder}/`))
    );
  }
}

/** The files that `docker build` sends to the builder, relative to the root. */
export function filesOfContext(root: string, rules: IgnoreRules): string[] {
  const below = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return rules.leavesOutAllOf(file) ? [] : below(file);
      return rules.leavesOut(file) ? [] : [file];
    });
  return below("");
}

export const ignoreRulesOf = (root: string): IgnoreRules =>
  new IgnoreRules(readFileSync(path.join(root, ".dockerignore"), "utf8"));
