import { parseArgs, type ParseArgsConfig } from "node:util";
import { readDataConfig, type DataConfig } from "../config";
import { createLogger, describeError } from "../http/request-log";
import { openDatabase, problemOf, ToolProblem, type OpenDatabase } from "./open-database";

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

interface Program {
  /** One line: how it is called. */
  usage: string;
  options?: ParseArgsConfig["options"];
  /** How many arguments it takes beside its options. */
  positionals?: number;
  /** Status when it could not do its work. */
  failure?: number;
}

export interface Call {
  values: Values;
  positionals: string[];
  /** Aborted by the first SIGTERM or SIGINT. */
  signal: AbortSignal;
}

export interface DatabaseCall extends Call, OpenDatabase {
  config: DataConfig;
}

/** Progress and problems go to stderr: stdout is for results. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** Why a file could not be read or stored: what is thrown says it in words for people who chat. */
export const problemLog = () => createLogger("error", process.stderr);
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

function read({ usage, options = {}, positionals: wanted = 0 }: Program): Omit<Call, "signal"> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true });
    if (positionals.length !== wanted)
      throw new Error(`It takes ${wanted || "no"} argument${wanted === 1 ? "" : "s"}.`);
    return { values: { ...values } as Values, positionals };
  } catch (error) {
    throw new ToolProblem(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
  }
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const)
    process.once(name, () => stop.abort(new ToolProblem(`Stopped by ${name}.`)));
  return stop.signal;
}

/** Runs a program to its end. @param work its exit status */
export function runTool(program: Program, work: (call: Call) => Promise<number>): void {
  const signal = stopSignal();
  Promise.resolve()
    .then(() => work({ ...read(program), signal }))
    .catch((thrown: unknown) => {
      // What was under way may end in a way of its own when it is stopped.
      const error: unknown = signal.aborted ? signal.reason : thrown;
      // Of others' errors only what the log keeps too: a driver's carries the document that it failed on.
      say(error instanceof ToolProblem ? error.message : `It could not go on: ${JSON.stringify(describeError(error))}`);
      return program.failure ?? 1;
    })
    // What is written to a pipe is written before this.
    .then((status) => (process.exitCode = status));
}

/** The same for one that needs the database of `MONGODB_URI`. */
export const runDatabaseTool = (program: Program, work: (call: DatabaseCall) => Promise<number>): void =>
  runTool(program, async (call) => {
    let config: DataConfig;
    try {
      config = readDataConfig();
    } catch (error) {
      throw new ToolProblem(error instanceof Error ? error.message : String(error));
    }
    const opened = await openDatabase(config.MONGODB_URI);
    try {
      return await work({ ...call, ...opened, config });
    } catch (error) {
      throw problemOf(error, config.MONGODB_URI);
    } finally {
      await opened.client.close();
    }
  });
