import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import request from "supertest";
import { createApp } from "../app";
import { createLogger } from "../http/request-log";
import { startTestApi, testConfig } from "../testing/test-api";
import { inTransaction } from "./transaction";

const app = createApp(testConfig, createLogger("silent"));
const status = async (path: string) => (await request(app).get(path)).status;

describe("the database", () => {
  afterAll(() => mongoose.disconnect());

  it("lets nothing through before its indexes stand, and says so", async () => {
    expect(await status("/api/health")).toBe(200);
    for (const route of [routes.ready, routes.authStatus, routes.listUsers])
      expect(await status(`/api${route.path}`)).toBe(503);
    await startTestApi();
    expect(await status("/api/health/ready")).toBe(200);
    expect(await status(`/api${routes.authStatus.path}`)).toBe(200);
  });

  it("is not waited for beyond measure: a conflict that stays becomes unavailable", async () => {
    let attempts = 0;
    const work = async () => {
      attempts++;
      const conflict = new mongoose.mongo.MongoServerError({ message: "WriteConflict", code: 112 });
      conflict.addErrorLabel("TransientTransactionError");
      throw conflict;
    };
    const before = Date.now();
    await expect(inTransaction(work, 300)).rejects.toMatchObject({ code: "unavailable" });
    expect(attempts).toBeGreaterThan(1);
    expect(Date.now() - before).toBeLessThan(3000);
  });

  const unknown = () => {
    const error = new mongoose.mongo.MongoServerError({ message: "the connection broke", code: 6 });
    error.addErrorLabel("UnknownTransactionCommitResult");
    return error;
  };

  it("is asked again whether it has committed, and the work is not done twice for that", async () => {
    let [attempts, commits] = [0, 0];
    await inTransaction(async (session) => {
      attempts++;
      const commit = session.commitTransaction.bind(session);
      session.commitTransaction = () => (++commits < 3 ? Promise.reject(unknown()) : commit());
      await mongoose.connection.collection("asked").insertOne({ attempts }, { session });
    });
    expect([attempts, commits]).toEqual([1, 3]);
    expect(await mongoose.connection.collection("asked").countDocuments()).toBe(1);
  });

  it("is not asked for ever whether it has committed", async () => {
    const before = Date.now();
    const asked = inTransaction(async (session) => {
      session.commitTransaction = async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw unknown();
      };
    }, 300);
    await expect(asked).rejects.toMatchObject({ code: 6 });
    expect(Date.now() - before).toBeLessThan(3000);
  });
});
