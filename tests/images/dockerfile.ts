/** The instructions that our Dockerfiles use; any other is an error, so that none goes unrehearsed. */
export type Instruction =
  | { kind: "ARG"; name: string; fallback: string | undefined }
  | { kind: "ENV"; values: Record<string, string> }
  | { kind: "LABEL"; values: Record<string, string> }
  | { kind: "WORKDIR"; path: string }
  | {
      kind: "COPY";
      from: string | undefined;
      chown: string | undefined;
      /** Of files, in octal digits. */
      chmod: string | undefined;
      sources: string[];
      target: string;
    }
  /** In a shell; `caches` are the folders that outlive the build. */
  | { kind: "RUN"; command: string; caches: string[] }
  | { kind: "USER"; user: string }
  | { kind: "EXPOSE"; port: string }
  | { kind: "VOLUME"; paths: string[] }
  | { kind: "HEALTHCHECK"; options: Record<string, string>; command: string[] }
  | { kind: "CMD"; command: string[] };

export type InstructionOf<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

export interface Stage {
  base: string;
  name: string | undefined;
  instructions: Instruction[];
}

export interface Dockerfile {
  /** Before the first stage: what `FROM` may use. */
  arguments: Record<string, string>;
  stages: Stage[];
}

/** Without comments, with continued lines made one. */
function logicalLines(text: string): string[] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** `--name=value` before the rest. */
function splitOptions(text: string): { options: [string, string][]; rest: string } {
  const options: [string, string][] = [];
  let rest = text;
  for (let found; (found = /^--([a-z-]+)=(\S+)\s+/.exec(rest)); rest = rest.slice(found[0].length))
    options.push([found[1] ?? "", found[2] ?? ""]);
  return { options, rest };
}

function readPairs(text: string): Record<string, string> {
  const pair = /([\w.]+)=(?:"([^"]*)"|(\S*))(?:\s+|$)/gy;
  const pairs = [...text.matchAll(pair)];
  if (pairs.map(([whole]) => whole).join("") !== text) throw new Error(`Not name=value: ${text}`);
  return Object.fromEntries(pairs.map(([, name, quoted, plain]) => [name ?? "", quoted ?? plain ?? ""]));
}

/** Only the form that needs no shell. */
function readExec(text: string): string[] {
  if (!text.startsWith("[")) throw new Error(`Not in exec form: ${text}`);
  return JSON.parse(text) as string[];
}

function readCopy(text: string): InstructionOf<"COPY"> {
  const { options, rest } = splitOptions(text);
  const { from, chown, chmod, ...others } = Object.fromEntries(options);
  if (Object.keys(others).length > 0) throw new Error(`COPY with ${Object.keys(others).join()} is not known here.`);
  const words = rest.split(/\s+/);
  const target = words.pop() ?? "";
  if (words.length === 0 || words.some((word) => /[*?]|^--/.test(word)))
    throw new Error(`COPY ${text} is not known here.`);
  if (chmod !== undefined && (from || !/^[0-7]{3}$/.test(chmod))) throw new Error(`COPY ${text} is not known here.`);
  return { kind: "COPY", from, chown, chmod, sources: words, target };
}

function readRun(text: string): InstructionOf<"RUN"> {
  const { options, rest } = splitOptions(text);
  const caches = options.map(([name, value]) => {
    const target = /^type=cache,target=([^,]+)$/.exec(value)?.[1];
    if (name !== "mount" || !target) throw new Error(`RUN --${name}=${value} is not known here.`);
    return target;
  });
  return { kind: "RUN", command: rest, caches };
}

function readHealthCheck(text: string): InstructionOf<"HEALTHCHECK"> {
  const { options, rest } = splitOptions(text);
  if (!rest.startsWith("CMD ")) throw new Error(`HEALTHCHECK ${rest} is not known here.`);
  return { kind: "HEALTHCHECK", options: Object.fromEntries(options), command: readExec(rest.slice(4).trim()) };
}

function readInstruction(word: string, rest: string): Instruction {
  switch (word) {
    case "ARG": {
      const [, name = "", , fallback] = /^(\w+)(=(.*))?$/.exec(rest) ?? [];
      return { kind: "ARG", name, fallback };
    }
    case "ENV":
    case "LABEL":
      return { kind: word, values: readPairs(rest) };
    case "WORKDIR":
      return { kind: "WORKDIR", path: rest };
    case "COPY":
      return readCopy(rest);
    case "RUN":
      return readRun(rest);
    case "USER":
      return { kind: "USER", user: rest };
    case "EXPOSE":
      return { kind: "EXPOSE", port: rest };
    case "VOLUME":
      return { kind: "VOLUME", paths: readExec(rest) };
    case "HEALTHCHECK":
      return readHealthCheck(rest);
    case "CMD":
      return { kind: "CMD", command: readExec(rest) };
    default:
      throw new Error(`${word} is not known here.`);
  }
}

/** @throws Error for whatever it does not know: what is not understood cannot be rehearsed */
export function parseDockerfile(text: string): Dockerfile {
  const file: Dockerfile = { arguments: {}, stages: [] };
  for (const line of logicalLines(text)) {
    const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
    if (word === "FROM") {
      const [, base = "", , name] = /^(\S+)(\s+AS\s+(\S+))?$/.exec(rest) ?? [];
      if (!base) throw new Error(`FROM ${rest} is not known here.`);
      file.stages.push({ base, name, instructions: [] });
      continue;
    }
    const instruction = readInstruction(word, rest);
    const stage = file.stages.at(-1);
    if (stage) stage.instructions.push(instruction);
    else if (instruction.kind === "ARG") file.arguments[instruction.name] = instruction.fallback ?? "";
    else throw new Error(`${word} before the first FROM.`);
  }
  return file;
}

/** `${NAME}` by its value; a name that nobody declared is an error, where Docker would see nothing. */
export const substitute = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`\${${name}} is not declared.`);
    return value;
  });
