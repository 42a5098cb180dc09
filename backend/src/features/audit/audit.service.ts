import type { AuditKind } from "@connectbest/contract";
import { Types, type ClientSession } from "mongoose";
import type { Logger } from "pino";
import { AuditModel, type AuditDocument } from "./audit.model";

interface Occurrence {
  kind: AuditKind;
  outcome?: "success" | "failure";
  /** Who did it: whoever is signed in, or nobody known. */
  actor?: { userId: Types.ObjectId; name: string } | undefined;
  target?: string | undefined;
  ip?: string | null | undefined;
  note?: string | undefined;
}

let logger: Logger | undefined;
/** Called once at boot: what is recorded also goes to the log, one line each. */
export const useAuditLogger = (log: Logger): void => void (logger = log);

/** Line breaks and control characters become visible, so that no value can look like a line of its own. */
const oneLine = (text: string | undefined): string | null =>
  text === undefined
    ? null
    : text
        .slice(0, 300)
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Writes down who did what to whom, from where, and how it ended. Never a secret, never the text of a message. */
export async function record({ kind, outcome = "success", actor, target, ip, note }: Occurrence): Promise<void> {
  const entry: AuditDocument = {
    _id: new Types.ObjectId(),
    at: new Date(),
    kind,
    outcome,
    actorId: actor?.userId ?? null,
    actorName: oneLine(actor?.name),
    target: oneLine(target),
    ip: ip ?? null,
    note: oneLine(note),
  };
  await AuditModel.create(entry);
  const { _id, actorId, actorName: _, ...line } = entry;
  logger?.info({ audit: { id: _id.toHexString(), actorId: actorId?.toHexString() ?? null, ...line } }, "audit");
}

/** Of a deleted account the log keeps the id and where it was used from: what was done stays told, without the person's name. */
export async function forgetName(userId: Types.ObjectId, name: string): Promise<void> {
  await AuditModel.updateMany({ actorId: userId }, { $set: { actorName: name } });
}

/** Nor with their address: in the transaction that overwrites it, for nobody knows it after that. */
export async function forgetAddress(userId: Types.ObjectId, email: string, session: ClientSession): Promise<void> {
  await AuditModel.updateMany({ target: email }, { $set: { target: userId.toHexString() } }, { session });
}
