import { Binary } from "bson";
import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import { CommandError, noSuchTransaction } from "../errors";
import { findRecord, remember } from "../retry";
import type { Call, Command } from "./call";

/** A session's id as hexadecimal text. @throws CommandError when `lsid` is malformed. */
export function sessionOf(lsid: Value): string | undefined {
  if (lsid === undefined) return undefined;
  const id = isDoc(lsid) ? lsid.id : undefined;
  if (!(id instanceof Binary)) throw new CommandError(40414, "BSON field 'lsid.id' is missing but a required field");
  return id.toString("hex");
}

function required(call: Call): string {
  if (call.session === undefined || call.command.txnNumber === undefined) {
    throw new CommandError(125, `${call.name} must be run within a transaction`);
  }
  if (call.command.autocommit !== false)
    throw new CommandError(
      50768,
      "txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided",
    );
  return call.session;
}

const commitTransaction: Command = {
  fields: ["recoveryToken"],
  async run(call) {
    const { services, command } = call;
    const session = required(call);
    const number = BigInt(command.txnNumber as bigint);
    let transaction;
    try {
      transaction = services.transactions.find(session, command);
    } catch (error) {
      const record = findRecord(services.database.store, session); // committed before a restart?
      if (record?.number === number && record.reply === undefined) return { ok: 1 };
      throw error;
    }
    if (transaction.state === "committed") return { ok: 1 };
    if (transaction.state !== "open") throw noSuchTransaction(`Transaction ${number} has been aborted.`);
    transaction.state = "committing";
    try {
      if (transaction.unit.hasWrites) {
        remember(transaction.unit, session, number, undefined, Date.now());
        await services.database.commitTransaction(transaction.unit);
      }
      services.transactions.end(transaction, "committed");
    } catch (error) {
      services.transactions.end(transaction, "aborted");
      throw error;
    }
    return { ok: 1 };
  },
};

const abortTransaction: Command = {
  fields: ["recoveryToken"],
  run(call) {
    const transaction = call.services.transactions.find(required(call), call.command);
    if (transaction.state === "committed")
      throw new CommandError(256, `Transaction ${transaction.number} has been committed.`);
    if (transaction.state !== "open") throw noSuchTransaction(`Transaction ${transaction.number} has been aborted.`);
    call.services.transactions.abort(transaction);
    return { ok: 1 };
  },
};

function endAll(call: Call, sessions: Value): Doc {
  for (const lsid of (sessions as Value[] | undefined) ?? []) {
    const session = sessionOf(lsid);
    if (session === undefined) continue;
    call.services.transactions.endSession(session);
    call.services.cursors.killWhere((owner) => owner.session === session);
  }
  return { ok: 1 };
}

const endSessions: Command = { fields: [], run: (call) => endAll(call, call.command.endSessions) };
const killSessions: Command = { fields: [], run: (call) => endAll(call, call.command.killSessions) };
const refreshSessions: Command = { fields: [], run: () => ({ ok: 1 }) };
const startSession: Command = {
  fields: [],
  run: () => ({
    id: { id: new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID) },
    timeoutMinutes: 30,
    ok: 1,
  }),
};
const killAllSessions: Command = {
  fields: [],
  run(call) {
    call.services.transactions.abortAll();
    call.services.cursors.killWhere((owner) => owner.session !== undefined);
    return { ok: 1 };
  },
};

export const sessionCommands: Record<string, Command> = {
  commitTransaction,
  abortTransaction,
  endSessions,
  killSessions,
  refreshSessions,
  startSession,
  killAllSessions,
};
