import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, toNumber, typeName } from "../bson/values";
import type { Collection } from "../catalog";
import { CommandError, notImplemented, typeMismatch } from "../errors";
import { collationOf } from "../query/collation";
import type { MatchOptions } from "../query/matcher";
import type { ScanStats } from "../query/scan";
import type { Cursors } from "../cursors";
import type { Database } from "../database";
import type { KeyReader } from "../storage/reader";
import type { UnitOfWork } from "../storage/unit-of-work";
import type { Transaction, Transactions } from "../transactions";
import type { FailPoint } from "../fail-point";
import { compileExpression } from "../aggregate/expression";

/** What the commands of a server share. */
export interface Services {
  database: Database;
  cursors: Cursors;
  transactions: Transactions;
  failPoint: FailPoint;
  /** `host:port` this server is reached at. */
  address: string;
}

/** One command being run. */
export interface Call {
  services: Services;
  name: string;
  db: string;
  command: Doc;
  payloads: ReadonlyMap<string, Buffer[]>;
  session: string | undefined;
  transaction: Transaction | undefined;
  /** What the command sees: the newest state, or its transaction's. */
  reader: KeyReader;
  /** What the command writes to; reads have none outside transactions. */
  unit: UnitOfWork | undefined;
  stats: ScanStats;
}

/** A command this server knows. */
export interface Command {
  /** Fields it understands besides those of every command; any other is refused. */
  fields: readonly string[];
  run(call: Call): Doc | Buffer | Promise<Doc | Buffer>;
  /** Whether it is committed as a write. */
  writes?: boolean | ((command: Doc) => boolean);
  /** Whether it may be part of a transaction. */
  transactional?: boolean;
  /** Whether a retry of it is recognised by session and number. */
  retryable?: boolean;
}

export function unitOf(call: Call): UnitOfWork {
  if (!call.unit) throw new CommandError(1, `${call.name} was run without a unit of work`);
  return call.unit;
}

export const findCollection = (call: Call, ns: string): Collection | undefined =>
  call.unit ? call.unit.collection(ns) : call.services.database.catalog.collections.get(ns);

/** Namespace of the command's collection. @throws CommandError 73 for an invalid name. */
export function namespaceOf(call: Call): string {
  const name = call.command[call.name];
  if (typeof name !== "string") {
    throw new CommandError(73, `collection name has invalid type ${typeName(name)}`);
  }
  return checkNamespace(`${call.db}.${name}`);
}

export function checkNamespace(ns: string): string {
  const dot = ns.indexOf(".");
  const name = ns.slice(dot + 1);
  if (dot < 1 || !name || name.startsWith(".") || name.endsWith(".") || name.includes("\0") || name.includes("$")) {
    throw new CommandError(73, `Invalid namespace specified '${ns}'`);
  }
  if (Buffer.byteLength(ns) > 255)
    throw new CommandError(73, `Fully qualified namespace is too long. Namespace: ${ns} Max: 255`);
  return ns;
}

/** A document field of the command; an empty one when absent. @throws CommandError 14 for another type. */
export function docField(command: Doc, name: string): Doc {
  const value = command[name];
  if (value === undefined || value === null) return {};
  if (!isDoc(value))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
  return value;
}

/** A whole number of the command. @throws CommandError 14 for another type, 51024 below zero. */
export function countField(command: Doc, name: string, fallback: number): number {
  const value = command[name];
  if (value === undefined || value === null) return fallback;
  if (!isNumber(value)) {
    throw typeMismatch(
      `BSON field '${name}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  const number = Math.trunc(toNumber(value));
  if (number < 0) throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}

/** How the command matches: its collation, and its `let` variables for `$expr`. */
export function matchOptions(
  call: Call,
  collation: Value = call.command.collation,
): MatchOptions & { strings: CompareStrings | undefined } {
  const strings = collationOf(collation);
  return {
    strings,
    compileExpression: (expression) =>
      compileExpression(expression, { strings, variables: letVariables(call, strings) }),
  };
}

/** Values of the command's `let`, which may be constant expressions. */
export function letVariables(call: Call, strings: CompareStrings | undefined): Doc {
  const variables: Doc = {};
  for (const [name, expression] of Object.entries(docField(call.command, "let"))) {
    variables[name] = compileExpression(expression, { strings, variables: {} })({});
  }
  return variables;
}

/** Refuses what cannot be done by one node. */
export function checkReadConcern(command: Doc): void {
  const level = isDoc(command.readConcern) ? command.readConcern.level : undefined;
  if (level === undefined) return;
  if (!["local", "available", "majority", "linearizable", "snapshot"].includes(String(level))) {
    throw new CommandError(9, `Unrecognized read concern level '${String(level)}'`);
  }
  if (isDoc(command.readConcern) && command.readConcern.atClusterTime !== undefined)
    throw notImplemented("readConcern.atClusterTime");
}
