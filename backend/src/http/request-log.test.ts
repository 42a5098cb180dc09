import mongoose from "mongoose";
import { Writable } from "node:stream";
import express from "express";
import { pino } from "pino";
import request from "supertest";
import { errorHandler } from "./error-handler";
import { describeError, requestLog } from "./request-log";

describe("an error in the log", () => {
  it("keeps its kind, its code and its place, and nothing of the document that it failed on", () => {
    const error = new mongoose.mongo.MongoServerError({
      message: 'E11000 duplicate key error dup key: { email: "ada@example.com" }',
      code: 11000,
      keyValue: { email: "ada@example.com" },
      writeErrors: [{ op: { content: "a secret plan" } }],
    });
    const logged = describeError(error);
    expect(logged).toMatchObject({
      type: "MongoServerError",
      code: 11000,
      stack: expect.stringContaining(" at ") as string,
    });
    expect(JSON.stringify(logged)).not.toMatch(/ada@example|secret plan/);
  });

  it("keeps the words of our own", () => {
    expect(describeError(new TypeError("x is not a function"))).toMatchObject({ message: "x is not a function" });
    expect(describeError("thrown text")).toEqual({ type: "string" });
  });
});

describe("a request in the log", () => {
  it("is a line with its id, path and status, and what went wrong; never its query or credentials", async () => {
    const lines: Record<string, unknown>[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    const app = express();
    app.use(requestLog(pino({ serializers: { err: describeError } }, sink)));
    app.get("/broken", () => {
      throw new TypeError("x is not a function");
    });
    app.use(errorHandler);
    await request(app).get("/broken?token=secret").set("authorization", "Bearer secret").set("x-request-id", "r1");
    expect(lines[0]).toMatchObject({
      req: { id: "r1", method: "GET", path: "/broken" },
      err: { type: "TypeError", message: "x is not a function", stack: expect.stringContaining(" at ") as string },
    });
    expect(lines.at(-1)).toMatchObject({ res: { status: 500 } });
    expect(JSON.stringify(lines)).not.toContain("secret");
  });
});
