import type { Position } from "../../http/cursor";
import { invalidRequest } from "../../http/errors";
import type { Place } from "./segments/documents";

/** Where an answer goes on: in what is indexed, or in a long backlog, of which each channel is read from its latest change down. */
export type SearchPosition = { place: Place } | { channelId: string; rev: number };

const key = /^(time|rev) (\d{1,15})$/;

/** @throws invalid_request */
export function positionOf(cursor: Position | undefined): SearchPosition | undefined {
  if (!cursor) return undefined;
  const [, kind, number] = key.exec(cursor.key) ?? [];
  if (kind === "time") return { place: { time: Number(number), id: cursor.id } };
  if (kind === "rev") return { channelId: cursor.id, rev: Number(number) };
  throw invalidRequest("The cursor is not valid: search again without it.", [
    { path: "query.cursor", message: "Not a cursor of a search." },
  ]);
}

export const cursorAt = (position: SearchPosition): Position =>
  "place" in position
    ? { key: `time ${position.place.time}`, id: position.place.id }
    : { key: `rev ${position.rev}`, id: position.channelId };
