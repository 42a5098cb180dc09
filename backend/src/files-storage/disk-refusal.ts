import { ApiError, unavailable } from "../http/errors";

/** No space left, or none for this user. */
const full = new Set<unknown>(["ENOSPC", "EDQUOT"]);

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;

export const isMissing = (error: unknown): boolean => codeOf(error) === "ENOENT";

/** What the disk refused, in words for people; whatever else went wrong stays what it was. */
export function diskRefusal(error: unknown): unknown {
  if (error instanceof ApiError || typeof codeOf(error) !== "string") return error;
  if (!full.has(codeOf(error)))
    return unavailable("Files cannot be stored or read right now. Messages can still be sent; try again in a moment.");
  return unavailable(
    "The server's disk is full, so no file can be stored. Messages can still be sent; tell whoever runs the server.",
    60,
  );
}
