import type { AuditEntry, AuditKind } from "@connectbest/contract";
import { Types } from "mongoose";
import { decodeCursor, encodeCursor } from "../../http/cursor";
import { AuditModel, type AuditDocument } from "../audit/audit.model";

const present = (entry: AuditDocument): AuditEntry => ({
  id: entry._id.toHexString(),
  at: entry.at.toISOString(),
  kind: entry.kind,
  outcome: entry.outcome,
  actor: entry.actorId ? { id: entry.actorId.toHexString(), name: entry.actorName ?? "" } : null,
  target: entry.target,
  ip: entry.ip,
  note: entry.note,
});

interface Query {
  limit: number;
  cursor?: string | undefined;
  kind?: AuditKind | undefined;
  actorId?: string | undefined;
}

export async function read({ limit, cursor, kind, actorId }: Query) {
  const before = decodeCursor(cursor);
  const found = await AuditModel.find({
    ...(kind && { kind }),
    ...(actorId && { actorId: new Types.ObjectId(actorId) }),
    ...(before && { _id: { $lt: new Types.ObjectId(before.id) } }),
  })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = found.length > shown.length && last ? encodeCursor({ key: "", id: last._id.toHexString() }) : null;
  return { entries: shown.map(present), nextCursor };
}
