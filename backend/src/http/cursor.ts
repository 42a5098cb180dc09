import { invalidRequest } from "./errors";

/** Where a list goes on: the sort key and id of the last item answered. */
export interface Position {
  key: string;
  id: string;
}

/** Opaque to clients: they only carry it back. */
export const encodeCursor = ({ key, id }: Position): string =>
  Buffer.from(JSON.stringify([key, id])).toString("base64url");

/** @throws invalid_request when the cursor was not one of ours. */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parsed)) {
      const [key, id] = parsed as unknown[];
      if (typeof key === "string" && typeof id === "string" && /^[0-9a-f]{24}$/.test(id)) return { key, id };
    }
  } catch {
    // Falls through: whatever does not parse was not ours.
  }
  throw invalidCursor();
}

const invalidCursor = () =>
  invalidRequest("The cursor is not valid: start the list again without it.", [
    { path: "query.cursor", message: "Not a cursor of this list." },
  ]);

/** A sort key that is a moment. @throws invalid_request when it is none */
export function dateOf({ key }: Position): Date {
  const date = new Date(key);
  if (Number.isNaN(date.getTime())) throw invalidCursor();
  return date;
}
