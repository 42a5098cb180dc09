import type { Position } from "../../http/cursor";
import { dateOf } from "../../http/cursor";
import type { Place } from "./segments/documents";

/** Where an answer goes on: in what is indexed, or in a long backlog, of which each channel is read from its latest change down. */
export type SearchPosition = { place: Place } | { channelId: string; rev: number };

const backlogKey = /^rev ([1-9]\d{0,14})$/;

/** @throws invalid_request */
export function positionOf(cursor: Position | undefined): SearchPosition | undefined {
  if (!cursor) return undefined;
  const [, rev] = backlogKey.exec(cursor.key) ?? [];
  if (rev) return { channelId: cursor.id, rev: Number(rev) };
  return { place: { time: dateOf(cursor).getTime(), id: cursor.id } };
}

export const cursorAt = (position: SearchPosition): Position =>
  "place" in position
    ? { key: new Date(position.place.time).toISOString(), id: position.place.id }
    : { key: `rev ${position.rev}`, id: position.channelId };
