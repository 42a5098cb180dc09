import type { Doc, Value } from "./bson/values";
import { isDoc, isTrue, toNumber } from "./bson/values";
import { badValue, codeName, CommandError } from "./errors";

/** Thrown where the fail point closes the connection. */
export class ConnectionClosed extends Error {}

interface FailCommand {
  commands: string[];
  data: Doc;
  times: number;
  skip: number;
}

/** Codes that carry TransientTransactionError inside a transaction (error_codes.yml: RetriableError, and conflicts). */
const transientCodes = new Set([
  6, 7, 24, 89, 91, 112, 189, 246, 251, 262, 267, 9001, 10107, 11600, 11602, 13435, 13436,
]);
/** Of those, what makes a commit fail for good rather than leave its outcome unknown. */
const transientAtCommit = new Set([24, 112, 246, 251, 267]);
/** Codes that carry RetryableWriteError outside transactions, and on commit and abort. */
const retryableCodes = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** MongoDB's fail point `failCommand`, which its driver tests use to make commands fail. */
export class FailPoint {
  private active: FailCommand | undefined;

  /** `configureFailPoint`. @throws CommandError 2 for any other fail point. */
  configure(command: Doc): void {
    if (command.configureFailPoint !== "failCommand")
      throw badValue(`unknown fail point ${String(command.configureFailPoint)}`);
    const { mode } = command;
    const data = isDoc(command.data) ? command.data : {};
    if (mode === "off") {
      this.active = undefined;
      return;
    }
    this.active = {
      commands: (data.failCommands as string[] | undefined) ?? [],
      data,
      times: isDoc(mode) && mode.times !== undefined ? toNumber(mode.times) : Infinity,
      skip: isDoc(mode) && mode.skip !== undefined ? toNumber(mode.skip) : 0,
    };
  }

  /**
   * Called before a command runs.
   * @returns fields to add to its answer (a write concern error).
   * @throws CommandError the error asked for; ConnectionClosed.
   */
  async before(name: string, command: Doc, appName: string | undefined): Promise<Doc | undefined> {
    const { active } = this;
    if (!active || !active.commands.includes(name)) return undefined;
    const { data } = active;
    if (data.appName !== undefined && data.appName !== appName) return undefined;
    if (active.skip > 0) {
      active.skip--;
      return undefined;
    }
    if (--active.times <= 0) this.active = undefined;
    if (isTrue(data.blockConnection)) {
      await new Promise((resolve) => setTimeout(resolve, toNumber(data.blockTimeMS)));
    }
    if (isTrue(data.closeConnection)) throw new ConnectionClosed();
    if (data.errorCode !== undefined) throw failure(name, command, toNumber(data.errorCode), data.errorLabels);
    if (!isDoc(data.writeConcernError)) return undefined;
    return {
      writeConcernError: data.writeConcernError,
      errorLabels: data.errorLabels ?? writeConcernLabels(command, name, data.writeConcernError),
    };
  }
}

function writeConcernLabels(command: Doc, name: string, error: Doc): string[] | undefined {
  const inTransaction = command.autocommit === false && name !== "commitTransaction" && name !== "abortTransaction";
  if (inTransaction || command.txnNumber === undefined) return undefined;
  return retryableCodes.has(toNumber(error.code)) ? ["RetryableWriteError"] : undefined;
}

function failure(name: string, command: Doc, code: number, labels: Value): CommandError {
  const message = `Failing command via 'failCommand' failpoint: ${codeName(code)}`;
  return new CommandError(code, message, {}, (labels as string[] | undefined) ?? labelsOf(name, command, code));
}

/** Labels MongoDB puts on an error, by code and by what was being done. */
export function labelsOf(name: string, command: Doc, code: number): string[] {
  const ending = name === "commitTransaction" || name === "abortTransaction";
  const labels: string[] = [];
  if (
    command.autocommit === false &&
    (name === "commitTransaction" ? transientAtCommit : ending ? new Set<number>() : transientCodes).has(code)
  ) {
    labels.push("TransientTransactionError");
  }
  const retryable = command.txnNumber !== undefined && (command.autocommit === undefined || ending);
  if (retryable && retryableCodes.has(code)) labels.push("RetryableWriteError");
  return labels;
}
