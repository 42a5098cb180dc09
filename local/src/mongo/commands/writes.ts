import { decode } from "../bson/decode";
import type { Doc, Value } from "../bson/values";
import { isDoc, isTrue, toNumber, typeName } from "../bson/values";
import { CommandError, failedToParse, typeMismatch } from "../errors";
import { compileProjection } from "../query/projection";
import { matchedIndex } from "../update/positional";
import type { Call, Command } from "./call";
import { docField, matchOptions, namespaceOf } from "./call";
import { deleteMatching, encodeForInsert, insertOne, updateMatching, updateStatement } from "./statements";

/** Most statements of one command (MongoDB's maxWriteBatchSize). */
export const maxBatch = 100_000;

/** An error that belongs to one statement rather than to the command as a whole. */
export function statementError(error: unknown): CommandError {
  if (!(error instanceof CommandError)) throw error;
  if (error.code === 112 || error.code === 50) throw error;
  return error;
}

const writeError = (index: number, error: CommandError): Doc => ({
  index,
  code: error.code,
  ...error.details,
  errmsg: error.message,
});

/** Runs statements in order; an ordered command stops at the first error. */
function runStatements(call: Call, count: number, run: (index: number) => void): Doc[] {
  if (count < 1 || count > maxBatch) {
    throw new CommandError(16, `Write batch sizes must be between 1 and ${maxBatch}. Got ${count} operations.`);
  }
  const errors: Doc[] = [];
  for (let i = 0; i < count; i++) {
    try {
      run(i);
    } catch (error) {
      errors.push(writeError(i, statementError(error)));
      if (call.command.ordered !== false || call.transaction) break; // a transaction ends with its first error
    }
  }
  return errors;
}

/** The statements of a command, which come in its document or beside it. */
function entries(call: Call, name: string): Doc[] {
  const beside = call.payloads.get(name);
  if (beside) return beside.map(decode);
  const listed = call.command[name];
  if (!Array.isArray(listed))
    throw new CommandError(40414, `BSON field '${call.name}.${name}' is missing but a required field`);
  return (listed as Value[]).map((entry) => {
    if (!isDoc(entry))
      throw typeMismatch(
        `BSON field '${call.name}.${name}' is the wrong type '${typeName(entry)}', expected type 'object'`,
      );
    return entry;
  });
}

/** @throws CommandError 40415 for fields this server does not know. */
export function checkFields(entry: Doc, path: string, known: ReadonlySet<string>): void {
  for (const field of Object.keys(entry)) {
    if (!known.has(field)) throw new CommandError(40415, `BSON field '${path}.${field}' is an unknown field.`);
  }
}

const insert: Command = {
  fields: ["documents", "ordered", "bypassDocumentValidation", "rawData"],
  writes: true,
  transactional: true,
  retryable: true,
  run(call) {
    const ns = namespaceOf(call);
    const documents = call.payloads.get("documents") ?? entries(call, "documents").map(encodeForInsert);
    let n = 0;
    const writeErrors = runStatements(call, documents.length, (i) => {
      insertOne(call, ns, documents[i] as Buffer);
      n++;
    });
    return { n, ...(writeErrors.length && { writeErrors }), ok: 1 };
  },
};

const updateFields = new Set(["q", "u", "c", "multi", "upsert", "collation", "arrayFilters", "hint", "sort"]);

const update: Command = {
  fields: ["updates", "ordered", "bypassDocumentValidation", "let", "rawData"],
  writes: true,
  transactional: true,
  retryable: true,
  run(call) {
    const ns = namespaceOf(call);
    const list = entries(call, "updates");
    let n = 0;
    let nModified = 0;
    const upserted: Doc[] = [];
    const writeErrors = runStatements(call, list.length, (i) => {
      const entry = list[i] as Doc;
      checkFields(entry, "update.updates", updateFields);
      if (entry.sort !== undefined && isTrue(entry.multi)) throw failedToParse("Cannot specify sort with multi=true");
      const result = updateMatching(call, ns, updateStatement(entry));
      n += result.matched + Number(result.upsertedId !== undefined);
      nModified += result.modified;
      if (result.upsertedId !== undefined) upserted.push({ index: i, _id: result.upsertedId });
    });
    return { n, ...(upserted.length && { upserted }), nModified, ...(writeErrors.length && { writeErrors }), ok: 1 };
  },
};

const deleteFields = new Set(["q", "limit", "collation", "hint"]);

const remove: Command = {
  fields: ["deletes", "ordered", "let", "rawData"],
  writes: true,
  transactional: true,
  retryable: true,
  run(call) {
    const ns = namespaceOf(call);
    const list = entries(call, "deletes");
    let n = 0;
    const writeErrors = runStatements(call, list.length, (i) => {
      const { q, limit, collation, hint, ...rest } = list[i] as Doc;
      checkFields(rest, "delete.deletes", deleteFields);
      const most = toNumber(limit);
      if (most !== 0 && most !== 1)
        throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${most}`);
      n += deleteMatching(call, ns, { filter: q as Doc, multi: most === 0, collation, hint }).count;
    });
    return { n, ...(writeErrors.length && { writeErrors }), ok: 1 };
  },
};

/** The document findAndModify answers, with its projection. */
function answered(call: Call, doc: Doc | undefined): Doc | null {
  const fields = docField(call.command, "fields");
  if (!doc || !Object.keys(fields).length) return doc ?? null;
  const options = matchOptions(call);
  const filter = docField(call.command, "query");
  return compileProjection(fields, true, options, (found, path) => matchedIndex(filter, found, path, options))(doc);
}

const findAndModify: Command = {
  fields: [
    "query",
    "sort",
    "remove",
    "update",
    "new",
    "fields",
    "upsert",
    "bypassDocumentValidation",
    "collation",
    "arrayFilters",
    "hint",
    "let",
    "rawData",
  ],
  writes: true,
  transactional: true,
  retryable: true,
  run(call) {
    const { command } = call;
    const ns = namespaceOf(call);
    const statement = {
      filter: docField(command, "query"),
      multi: false,
      collation: command.collation,
      hint: command.hint,
      sort: command.sort,
    };
    if (isTrue(command.remove)) {
      if (command.update !== undefined) throw failedToParse("Cannot specify both an update and remove=true");
      if (isTrue(command.new))
        throw failedToParse(
          "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
        );
      const { count, before } = deleteMatching(call, ns, statement);
      return { lastErrorObject: { n: count }, value: answered(call, before), ok: 1 };
    }
    if (command.update === undefined) throw failedToParse("Either an update or remove=true must be specified");
    const result = updateMatching(call, ns, {
      ...statement,
      update: command.update,
      upsert: isTrue(command.upsert),
      arrayFilters: command.arrayFilters,
    });
    const inserted = result.upsertedId !== undefined;
    const lastErrorObject = {
      n: result.matched + Number(inserted),
      updatedExisting: result.matched > 0,
      ...(inserted && { upserted: result.upsertedId }),
    };
    return { lastErrorObject, value: answered(call, isTrue(command.new) ? result.after : result.before), ok: 1 };
  },
};

export const writeCommands: Record<string, Command> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
