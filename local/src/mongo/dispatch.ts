import type { Doc } from "./bson/values";
import { isDoc, isTrue, toNumber } from "./bson/values";
import { aggregateCommands } from "./commands/aggregate";
import { bulkWriteCommands } from "./commands/bulk-write";
import type { Call, Command, Services } from "./commands/call";
import { checkReadConcern } from "./commands/call";
import { catalogCommands } from "./commands/catalog-commands";
import { diagnosticCommands } from "./commands/diagnostics";
import { explainCommands } from "./commands/explain";
import { indexCommands } from "./commands/index-commands";
import { readCommands } from "./commands/reads";
import { sessionCommands, sessionOf } from "./commands/sessions";
import { writeCommands } from "./commands/writes";
import { codeName, CommandError } from "./errors";
import { ConnectionClosed, labelsOf } from "./fail-point";
import { ScanStats } from "./query/scan";
import { answeredBefore, remember } from "./retry";
import type { Transaction } from "./transactions";
import type { Request } from "./wire";

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...aggregateCommands,
    ...bulkWriteCommands,
    ...catalogCommands,
    ...diagnosticCommands,
    ...explainCommands,
    ...indexCommands,
    ...readCommands,
    ...sessionCommands,
    ...writeCommands,
  }),
);

/** Fields every command may have. */
const commonFields = new Set([
  "$db",
  "lsid",
  "txnNumber",
  "autocommit",
  "startTransaction",
  "readConcern",
  "writeConcern",
  "maxTimeMS",
  "comment",
  "$clusterTime",
  "$readPreference",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
  "maxTimeMSOpOnly",
  "$audit",
  "$client",
]);

function checkCommand(name: string, known: Command, command: Doc): void {
  for (const field of Object.keys(command)) {
    if (field === name || commonFields.has(field) || known.fields.includes(field)) continue;
    throw new CommandError(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
}

/** Every answer of the server, with errors as MongoDB words them. */
export function errorReply(error: CommandError, name: string, command: Doc): Doc {
  const labels = error.labels ?? labelsOf(name, command, error.code);
  return {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: codeName(error.code),
    ...error.details,
    ...(labels.length && { errorLabels: [...labels] }),
  };
}

/** A one-node set cannot wait for more members. */
function writeConcernError(command: Doc): Doc | undefined {
  const w = isDoc(command.writeConcern) ? command.writeConcern.w : undefined;
  if (w === undefined || w === "majority" || toNumber(w) <= 1) return undefined;
  if (typeof w === "string") {
    return {
      code: 79,
      codeName: "UnknownReplWriteConcern",
      errmsg: `No write concern mode named '${w}' found in replica set configuration`,
    };
  }
  return { code: 100, codeName: "UnsatisfiableWriteConcern", errmsg: "Not enough data-bearing nodes" };
}

const withFields = (reply: Doc | Buffer, fields: Doc | undefined): Doc | Buffer =>
  fields && !Buffer.isBuffer(reply) ? { ...reply, ...fields } : reply;

/** Runs the commands of all connections. */
export class Dispatcher {
  /** @param report Called with errors that are no MongoDB error: mistakes of this server. */
  constructor(
    private readonly services: Services,
    private readonly report: (error: unknown, command: string) => void,
  ) {}

  /** Answers a request. @throws ConnectionClosed when the connection is to be dropped. */
  async answer(request: Request, appName: string | undefined): Promise<Doc | Buffer> {
    const { command } = request;
    const [name = ""] = Object.keys(command);
    try {
      const added =
        name === "configureFailPoint" ? undefined : await this.services.failPoint.before(name, command, appName);
      return withFields(await this.run(name, request), added);
    } catch (error) {
      if (error instanceof ConnectionClosed) throw error;
      if (error instanceof CommandError) return errorReply(error, name, command);
      this.report(error, name);
      const message = error instanceof Error ? error.message : String(error);
      return errorReply(new CommandError(1, message), name, command);
    }
  }

  private async run(name: string, request: Request): Promise<Doc | Buffer> {
    const { command, payloads } = request;
    const known = commands.get(name);
    if (!known) throw new CommandError(59, `no such command: '${name}'`);
    checkCommand(name, known, command);
    checkReadConcern(command);
    const session = sessionOf(command.lsid);
    const deadline = isTrue(command.maxTimeMS) ? Date.now() + toNumber(command.maxTimeMS) : Infinity;
    const call: Call = {
      services: this.services,
      name,
      db: typeof command.$db === "string" ? command.$db : "admin",
      command,
      payloads,
      session,
      transaction: undefined,
      reader: this.services.database.store,
      unit: undefined,
      stats: new ScanStats(deadline),
    };
    const ending = name === "commitTransaction" || name === "abortTransaction";
    if (command.autocommit === false && !ending) return this.runInTransaction(known, call);
    const writes = typeof known.writes === "function" ? known.writes(command) : known.writes === true;
    if (!writes) return withFields(await known.run(call), ending ? this.concern(command) : undefined);
    return withFields(await this.write(known, call, deadline), this.concern(command));
  }

  private concern(command: Doc): Doc | undefined {
    const error = writeConcernError(command);
    return error && { writeConcernError: error };
  }

  private async runInTransaction(known: Command, call: Call): Promise<Doc | Buffer> {
    const { command, session, name } = call;
    if (session === undefined || command.txnNumber === undefined) {
      throw new CommandError(72, "'autocommit' field requires a transaction number to also be specified");
    }
    const transaction = this.services.transactions.forStatement(session, command);
    if (!known.transactional) {
      if (command.startTransaction === true) this.services.transactions.abort(transaction);
      const hint = name === "count" ? ". Consider using the aggregate command with $group." : "";
      throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.${hint}`);
    }
    return this.runStatement(
      known,
      { ...call, transaction, reader: transaction.unit, unit: transaction.unit },
      transaction,
    );
  }

  /** A transaction ends with its first error. */
  private async runStatement(known: Command, call: Call, transaction: Transaction): Promise<Doc | Buffer> {
    try {
      const reply = await known.run(call);
      if (!Buffer.isBuffer(reply) && (reply.writeErrors || reply.nErrors))
        this.services.transactions.abort(transaction);
      return reply;
    } catch (error) {
      this.services.transactions.abort(transaction);
      throw error;
    }
  }

  /** Runs and commits a write, once for each number of its session. */
  private async write(known: Command, call: Call, deadline: number): Promise<Doc | Buffer> {
    const { command, session } = call;
    const number =
      known.retryable && session !== undefined && command.txnNumber !== undefined
        ? BigInt(command.txnNumber as bigint)
        : undefined;
    return this.services.database.write((unit) => {
      if (number !== undefined && session !== undefined) {
        const before = answeredBefore(unit, session, number);
        if (before) return before;
      }
      const reply = known.run({ ...call, reader: unit, unit });
      if (reply instanceof Promise) throw new Error(`${call.name} writes, so it must not wait`);
      if (number !== undefined && session !== undefined && !Buffer.isBuffer(reply)) {
        remember(unit, session, number, reply, Date.now());
      }
      return reply;
    }, deadline);
  }
}
