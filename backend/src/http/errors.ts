import { errorStatus, type ErrorCode, type ErrorDetail } from "@connectbest/contract";

/** What a service throws; the error handler alone turns it into the wire's shape. */
export class ApiError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetail[],
    /** Seconds, for `rate_limited` and `unavailable`. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.status = errorStatus[code];
  }
}

export const invalidRequest = (message: string, details?: ErrorDetail[]) =>
  new ApiError("invalid_request", message, details);
export const unauthenticated = (message = "Sign in to continue.") => new ApiError("unauthenticated", message);
export const invalidCredentials = () =>
  new ApiError("invalid_credentials", "The address or the password is not right. Check both and try again.");
export const forbidden = (message: string, details?: ErrorDetail[]) => new ApiError("forbidden", message, details);
export const notFound = (what: string) => new ApiError("not_found", `${what} was not found, or is not yours to see.`);
export const conflict = (message: string) => new ApiError("conflict", message);
/** @param seconds until it is worth trying again */
export const unavailable = (message = "The service is not available right now. Try again in a moment.", seconds = 2) =>
  new ApiError("unavailable", message, undefined, seconds);
/** @param seconds until it is worth trying again */
export const rateLimited = (message: string, seconds: number) =>
  new ApiError("rate_limited", message, undefined, Math.max(1, Math.ceil(seconds)));
