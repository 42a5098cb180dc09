/** Whom a request is for: an upstream by the name that the file gives it, or a status that Caddy answers itself. */
export type Destination = "API" | "FRONTEND" | "GATEWAY" | number;

export interface Asked {
  path: string;
  headers?: Record<string, string>;
}

type Condition = (asked: Asked) => boolean;

/** `/x` is that path, `/x/*` what is below it; Caddy does not mind the case. */
const isPath =
  (patterns: string[]): Condition =>
  ({ path }) =>
    patterns.some((pattern) =>
      pattern.endsWith("*")
        ? path.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
        : path.toLowerCase() === pattern.toLowerCase(),
    );

function toRegExp(source: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?(i)\))?(.*)$/.exec(source) ?? [];
  return new RegExp(rest, flags);
}

const hasHeader =
  (name: string, pattern: string): Condition =>
  ({ headers = {} }) => {
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    return value !== undefined && toRegExp(pattern).test(value);
  };

function readCondition(line: string): Condition {
  const [kind, ...words] = line.trim().split(/\s+/);
  if (kind === "path") return isPath(words);
  if (kind === "path_regexp") return ({ path }) => toRegExp(words[0] ?? "").test(path);
  if (kind === "header_regexp") return hasHeader(words[0] ?? "", words[1] ?? "");
  throw new Error(`${line} is not known here.`);
}

/** Reads the block `route { … }` of our Caddyfile. @throws Error for what it does not know */
export function readRoutes(text: string): (asked: Asked) => Destination {
  const block = /\n\troute \{\n([\s\S]*?)\n\t\}/.exec(text)?.[1];
  if (!block) throw new Error("There is no route.");
  const conditions = new Map<string, Condition[]>();
  const rules: { when: Condition[]; to: Destination }[] = [];
  let open: Condition[] | undefined;
  for (const line of block.split("\n").map((one) => one.trim())) {
    if (!line || line.startsWith("#")) continue;
    const [, name = "", rest = ""] = /^(@[\w-]+)\s+(.*)$/.exec(line) ?? [];
    const rule = /^(?:reverse_proxy|respond)(?:\s+(@[\w-]+))?\s+(?:\{\$(\w+):\S+\}|(\d{3}))$/.exec(line);
    if (open && line === "}") open = undefined;
    else if (open) open.push(readCondition(line));
    else if (name) conditions.set(name, rest === "{" ? (open = []) : [readCondition(rest)]);
    else if (rule) {
      const when = rule[1] ? conditions.get(rule[1]) : [];
      if (!when) throw new Error(`${rule[1]} is not defined.`);
      rules.push({ when, to: rule[2] ? (rule[2] as Destination) : Number(rule[3]) });
    } else throw new Error(`${line} is not known here.`);
  }
  return (asked) => {
    const rule = rules.find(({ when }) => when.every((condition) => condition(asked)));
    if (!rule) throw new Error(`${asked.path} is for nobody.`);
    return rule.to;
  };
}
