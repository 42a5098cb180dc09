import type { Doc, Value } from "./bson/values";
import { CommandError, noSuchTransaction } from "./errors";
import type { TransactionUnit } from "./storage/unit-of-work";

/**
 * Age at which an open transaction is aborted that has written nothing: it is in nobody's way, and a backup reads for a while.
 * MongoDB keeps snapshots to be read from for as long.
 */
const readingLifetimeMs = 5 * 60_000;

/** How long an ended transaction is remembered, in milliseconds. */
const memoryMs = 30 * 60_000;

/** The newest transaction of a session. */
export interface Transaction {
  session: string;
  number: bigint;
  state: "open" | "committing" | "committed" | "aborted";
  unit: TransactionUnit;
  startedAt: number;
}

const numberOf = (value: Value): bigint => BigInt(value as bigint | number);

/** The transactions of all sessions. */
export class Transactions {
  private readonly bySession = new Map<string, Transaction>();

  /**
   * @param ended Called when a transaction is over, to close its cursors.
   * @param lifetimeMs Age at which an open transaction is aborted, in milliseconds (MongoDB's transactionLifetimeLimitSeconds).
   */
  constructor(
    private readonly begin: () => TransactionUnit,
    private readonly ended: (transaction: Transaction) => void,
    private readonly lifetimeMs: number,
  ) {}

  /** The transaction a statement belongs to; starts it when the statement says so. */
  forStatement(session: string, command: Doc): Transaction {
    const number = numberOf(command.txnNumber);
    const known = this.bySession.get(session);
    if (known && number < known.number) {
      throw new CommandError(
        225,
        `Cannot start transaction ${number} on session ${session} because a newer transaction ${known.number} has already started.`,
      );
    }
    if (command.startTransaction === true) return this.start(session, number, known);
    if (!known || known.number !== number) throw this.unknown(number);
    if (known.state === "committed") {
      throw new CommandError(256, `Transaction ${number} has been committed.`);
    }
    if (known.state !== "open") {
      throw noSuchTransaction(`Transaction ${number} has been aborted.`);
    }
    return known;
  }

  /** The transaction to commit or abort. */
  find(session: string, command: Doc): Transaction {
    const number = numberOf(command.txnNumber);
    const known = this.bySession.get(session);
    if (!known || known.number !== number) throw this.unknown(number);
    return known;
  }

  private unknown(number: bigint): CommandError {
    return noSuchTransaction(
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is -1`,
    );
  }

  private start(session: string, number: bigint, known: Transaction | undefined): Transaction {
    if (known && known.number === number && known.state !== "aborted") {
      throw new CommandError(
        50911,
        `Cannot start a transaction at given transaction number ${number} as a transaction with the same number is already in progress`,
      );
    }
    if (known) this.abort(known);
    const transaction: Transaction = { session, number, state: "open", unit: this.begin(), startedAt: Date.now() };
    this.bySession.set(session, transaction);
    return transaction;
  }

  abort(transaction: Transaction): void {
    if (transaction.state === "open") this.end(transaction, "aborted");
  }

  end(transaction: Transaction, state: "committed" | "aborted"): void {
    transaction.state = state;
    transaction.unit.release();
    this.ended(transaction);
  }

  endSession(session: string): void {
    const transaction = this.bySession.get(session);
    if (!transaction) return;
    this.abort(transaction);
    if (transaction.state !== "committing") this.bySession.delete(session);
  }

  abortOld(now: number): void {
    for (const transaction of this.bySession.values()) {
      const lifetime = transaction.unit.holdsLocks ? this.lifetimeMs : Math.max(this.lifetimeMs, readingLifetimeMs);
      if (now - transaction.startedAt <= lifetime) continue;
      this.abort(transaction);
      // a late commit of a forgotten one is answered from the store's record of retryable writes
      if (now - transaction.startedAt > memoryMs) this.bySession.delete(transaction.session);
    }
  }

  abortAll(): void {
    for (const transaction of this.bySession.values()) this.abort(transaction);
  }
}
