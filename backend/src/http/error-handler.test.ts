import express from "express";
import mongoose from "mongoose";
import request from "supertest";
import { errorHandler } from "./error-handler";
import { ApiError, unavailable } from "./errors";
import { createLogger, requestLog } from "./request-log";

const { MongoBulkWriteError, MongoServerError } = mongoose.mongo;

/** What a call is answered whose work throws this. */
async function answerTo(error: unknown) {
  const app = express();
  app.use(requestLog(createLogger("silent")));
  app.get("/", () => {
    throw error;
  });
  app.use(errorHandler);
  const { status, body, headers } = await request(app).get("/");
  return { status, code: (body as { code: string }).code, retryAfter: headers["retry-after"] };
}

const named = (name: string) => Object.assign(new Error("something inside"), { name });
const coded = (code: string) => Object.assign(new Error("write failed"), { code });
const served = (code: number, ...labels: string[]) => {
  const error = new MongoServerError({ message: "not now", code });
  for (const label of labels) error.addErrorLabel(label);
  return error;
};
const bulk = (code?: number) =>
  new MongoBulkWriteError({ message: "cut short", ...(code && { code }) } as never, {} as never);

describe("what a call is answered when", () => {
  it.each([
    ["no server can be selected", named("MongoServerSelectionError")],
    ["Mongoose is not connected", named("MongoNotConnectedError")],
    ["the pool is full", named("MongoWaitQueueTimeoutError")],
    ["the pool was cleared", named("MongoPoolClearedError")],
    ["the connection broke", named("MongoNetworkError")],
    ["the connection broke while it was written to", coded("EPIPE")],
    ["the connection was reset while it was written to", coded("ECONNRESET")],
    ["the primary steps down", served(10107)],
    ["the database shuts down", served(91)],
    ["the driver says to try the transaction again", served(112, "TransientTransactionError")],
    ["it is not known whether the transaction was committed", served(50, "UnknownTransactionCommitResult")],
    ["a bulk write was cut short", bulk()],
    ["the disk is full", served(14031)],
    ["a part says so itself", unavailable()],
  ])("%s: 503, and when to try again", async (_, error) => {
    const answer = await answerTo(error);
    expect(answer).toMatchObject({ status: 503, code: "unavailable" });
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  });

  it.each([
    ["a mistake of ours", new TypeError("undefined is not a function"), 500, "internal_error"],
    ["a refused write", served(121), 500, "internal_error"],
    ["a bulk write that the database refused", bulk(11000), 500, "internal_error"],
    ["a file that is not there", coded("ENOENT"), 500, "internal_error"],
    ["something that is no error", "oh", 500, "internal_error"],
    ["an address that cannot be read", new URIError("malformed"), 400, "invalid_request"],
    ["a conflict", new ApiError("conflict", "Taken."), 409, "conflict"],
  ])("%s", async (_, error, status, code) => {
    expect(await answerTo(error)).toEqual({ status, code, retryAfter: undefined });
  });
});
