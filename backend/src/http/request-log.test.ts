import mongoose from "mongoose";
import { describeError } from "./request-log";

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
