import type { ErrorBody, ErrorCode } from "@connectbest/contract";

/** An error of this server's own, in the API's shape. */
export function problem(
  status: number,
  code: ErrorCode,
  error: string,
  headers: Record<string, string> = {},
): Response {
  const requestId = crypto.randomUUID();
  const body: ErrorBody = { error, code, requestId };
  return Response.json(body, {
    status,
    headers: { "cache-control": "no-store", "x-request-id": requestId, ...headers },
  });
}
