import type { ErrorBody, ErrorCode, ErrorDetail } from "@connectbest/contract";
import { spokenText } from "@/lib/text/spoken";
import { sayFailure } from "./say-failure";

/** A call that did not succeed. `message` is a sentence for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly code: ErrorCode | "network",
    readonly details: readonly ErrorDetail[] = [],
    /** Milliseconds the server asked to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** Repeating the same call may succeed. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const noAnswer = (): ApiError =>
  new ApiError("The server cannot be reached. Check your connection and try again.", 0, "network");

export async function errorFrom(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const seconds = Number(response.headers.get("retry-after"));
  return new ApiError(
    body?.error ?? "Something went wrong on the server. Try again in a moment.",
    response.status,
    body?.code ?? "internal_error",
    body?.details ?? [],
    seconds > 0 ? seconds * 1000 : null,
  );
}

/** The sentence to show for anything that was thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ApiError
    ? sayFailure(error.code, error.message)
    : (spokenText()?.("error.unknown") ?? "Something went wrong. Try again in a moment.");
