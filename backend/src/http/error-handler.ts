import type { ErrorBody } from "@connectbest/contract";
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import mongoose from "mongoose";
import { ApiError, invalidRequest, notFound, unavailable } from "./errors";

const { MongoBulkWriteError, MongoError } = mongoose.mongo;

/** Errors that mean "the database did not answer", by class name: the driver exports only some of the classes. */
const databaseAway = new Set([
  "MongooseServerSelectionError",
  "MongoServerSelectionError",
  "MongoNetworkError",
  "MongoNetworkTimeoutError",
  "MongoNotConnectedError",
  "MongoTopologyClosedError",
  "MongoPoolClosedError",
  "MongoPoolClearedError",
  "MongoWaitQueueTimeoutError",
  "MongoExpiredSessionError",
  "MongoOperationTimeoutError",
]);

/**
 * The server's codes for "not now": elections, shutdowns, time-outs. Reads carry no label that says so.
 * https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
 */
const passingCodes = new Set<unknown>([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const passingLabels = ["RetryableWriteError", "TransientTransactionError", "UnknownTransactionCommitResult"];

/** A connection that breaks while it is written to: the driver passes on what Node says. */
const brokenConnection = new Set<unknown>(["EPIPE", "ECONNRESET"]);

/** A bulk write without a code was not refused, but cut short: the driver hides by what. */
const isCutShort = (error: Error): boolean => error instanceof MongoBulkWriteError && error.code === undefined;

const isDatabaseAway = (error: unknown): boolean =>
  error instanceof Error &&
  (databaseAway.has(error.name) ||
    ("code" in error && brokenConnection.has(error.code)) ||
    isCutShort(error) ||
    (error.name === "MongooseError" && /initial connection|buffering timed out/.test(error.message)) ||
    (error instanceof MongoError &&
      (passingCodes.has(error.code) || passingLabels.some((label) => error.hasErrorLabel(label)))));

/** MongoDB's OutOfDiskSpace. What only reads goes on. */
const diskFull = 14031;

interface BodyParserError extends Error {
  type: string;
}
const isBodyParserError = (error: unknown): error is BodyParserError =>
  error instanceof Error && "type" in error && typeof error.type === "string" && "status" in error;

/** What the body parser throws without naming its kind, such as a damaged compressed body. */
const isClientError = (error: unknown): boolean =>
  error instanceof Error &&
  "status" in error &&
  typeof error.status === "number" &&
  error.status >= 400 &&
  error.status < 500;

/** Names what the body parser, the router or the database threw in the wire's own terms. */
function translate(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isDatabaseAway(error)) return unavailable();
  if (error instanceof MongoError && error.code === diskFull)
    return unavailable(
      "The server's disk is full or failing, so nothing can be stored. Tell whoever runs the server.",
      60,
    );
  if (isBodyParserError(error)) {
    if (error.type === "entity.too.large") return new ApiError("too_large", "The request is larger than 1 MB.");
    if (error.type === "charset.unsupported" || error.type === "encoding.unsupported")
      return new ApiError("unsupported_type", "Send JSON in UTF-8.");
    return invalidRequest("The body is not valid JSON.");
  }
  if (isClientError(error)) return invalidRequest("The request cannot be read.");
  if (error instanceof URIError) return invalidRequest("The address of the request is not valid.");
  return new ApiError("internal_error", "Something went wrong on our side. It has been logged; try again.");
}

function send(response: Response, request: Request, failure: ApiError): void {
  const body: ErrorBody = {
    error: failure.message,
    code: failure.code,
    requestId: String(request.id),
    ...(failure.details && { details: failure.details }),
  };
  if (failure.retryAfter !== undefined) response.setHeader("Retry-After", String(failure.retryAfter));
  response.status(failure.status).json(body);
}

/** The one place where an error becomes an answer. The cause goes to the log, never to the client. */
export const errorHandler: ErrorRequestHandler = (error, request, response, next) => {
  const failure = translate(error);
  if (failure.status >= 500) request.log.error({ err: error }, failure.code);
  if (response.headersSent) return next(error);
  send(response, request, failure);
};

export const noSuchRoute: RequestHandler = (request, response) => send(response, request, notFound("This address"));
