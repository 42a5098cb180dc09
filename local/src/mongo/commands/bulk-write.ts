import { decode } from "../bson/decode";
import { encode } from "../bson/encode";
import type { Doc, Value } from "../bson/values";
import { isDoc, isTrue, toNumber } from "../bson/values";
import { badValue, CommandError } from "../errors";
import type { Call, Command } from "./call";
import { checkNamespace } from "./call";
import { deleteMatching, encodeForInsert, insertOne, updateMatching } from "./statements";
import { checkFields, maxBatch, statementError } from "./writes";

const opFields: Record<string, ReadonlySet<string>> = {
  insert: new Set(["insert", "document"]),
  update: new Set([
    "update",
    "filter",
    "updateMods",
    "multi",
    "upsert",
    "arrayFilters",
    "collation",
    "hint",
    "constants",
    "sort",
  ]),
  delete: new Set(["delete", "filter", "multi", "collation", "hint"]),
};

interface Totals {
  nErrors: number;
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

function list(call: Call, name: string): Doc[] {
  return call.payloads.get(name)?.map(decode) ?? (call.command[name] as Doc[] | undefined) ?? [];
}

/** Runs one operation; answers what is told of it. */
function runOperation(call: Call, kind: string, op: Doc, ns: string, totals: Totals): Doc {
  if (kind === "insert") {
    insertOne(call, ns, encodeForInsert(op.document as Doc));
    totals.nInserted++;
    return { n: 1 };
  }
  const statement = { filter: op.filter as Doc, multi: isTrue(op.multi), collation: op.collation, hint: op.hint };
  if (kind === "delete") {
    const { count } = deleteMatching(call, ns, statement);
    totals.nDeleted += count;
    return { n: count };
  }
  const { matched, modified, upsertedId } = updateMatching(call, ns, {
    ...statement,
    update: op.updateMods,
    upsert: isTrue(op.upsert),
    arrayFilters: op.arrayFilters,
    constants: op.constants,
    sort: op.sort,
  });
  totals.nMatched += matched;
  totals.nModified += modified;
  if (upsertedId === undefined) return { n: matched, nModified: modified };
  totals.nUpserted++;
  return { n: 1, nModified: 0, upserted: { _id: upsertedId } };
}

function namespaceAt(namespaces: Doc[], index: Value): string {
  const ns = namespaces[toNumber(index)]?.ns;
  if (typeof ns !== "string") throw badValue("BulkWrite ops entry references a missing nsInfo entry");
  return checkNamespace(ns);
}

const bulkWrite: Command = {
  fields: ["ops", "nsInfo", "ordered", "errorsOnly", "bypassDocumentValidation", "let", "cursor", "rawData"],
  writes: true,
  transactional: true,
  retryable: true,
  run(call) {
    const { command } = call;
    if (call.db !== "admin") throw new CommandError(13, "bulkWrite may only be run against the admin database.");
    const ops = list(call, "ops");
    const namespaces = list(call, "nsInfo");
    if (!ops.length || ops.length > maxBatch) {
      throw new CommandError(16, `Write batch sizes must be between 1 and ${maxBatch}. Got ${ops.length} operations.`);
    }
    const totals: Totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const results: Doc[] = [];
    for (const [idx, op] of ops.entries()) {
      const [kind = ""] = Object.keys(op);
      try {
        const known = opFields[kind];
        if (!known || !isDoc(op)) throw badValue(`Unrecognized bulkWrite operation ${kind}`);
        checkFields(op, `bulkWrite.ops.${kind}`, known);
        const result = runOperation(call, kind, op, namespaceAt(namespaces, op[kind]), totals);
        if (!isTrue(command.errorsOnly)) results.push({ ok: 1, idx, ...result });
      } catch (error) {
        const { code, message, details } = statementError(error);
        totals.nErrors++;
        results.push({
          ok: 0,
          idx,
          code,
          errmsg: message,
          n: 0,
          ...(kind === "update" && { nModified: 0 }),
          ...details,
        });
        if (command.ordered !== false || call.transaction) break;
      }
    }
    return bulkReply(call, results, totals);
  },
};

/**
 * The results are answered as one batch; MongoDB would open a cursor above 16 MiB.
 * @throws CommandError 10334 then, before anything is written.
 */
function bulkReply(_call: Call, results: Doc[], totals: Totals): Doc {
  const reply = { cursor: { id: 0n, ns: "admin.$cmd.bulkWrite", firstBatch: results }, ...totals, ok: 1 };
  if (results.length > 1000 && encode(reply).length > 40_000_000)
    throw new CommandError(10334, "the results of bulkWrite are too large");
  return reply;
}

export const bulkWriteCommands: Record<string, Command> = { bulkWrite };
