import * as z from "zod";

/** Every error code of the wire, with the HTTP status it travels under. Clients branch on the code. */
export const errorStatus = {
  invalid_request: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  /** The password was right; send it again with a `code`. No session was made. */
  two_factor_required: 401,
  invalid_two_factor_code: 401,
  forbidden: 403,
  email_not_verified: 403,
  account_suspended: 403,
  /** The workspace demands two-factor sign-in, and this account has not set it up: nothing else is open until then. */
  two_factor_setup_required: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export const ErrorCode = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]).meta({ id: "ErrorCode" });

export const ErrorDetail = z.object({ path: z.string(), message: z.string() }).meta({ id: "ErrorDetail" });
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** The body of every answer that is not a success. `error` is a sentence for people. */
export const ErrorBody = z
  .object({
    error: z.string(),
    code: ErrorCode,
    requestId: z.string(),
    details: z.array(ErrorDetail).optional(),
  })
  .meta({ id: "Error" });
export type ErrorBody = z.infer<typeof ErrorBody>;
