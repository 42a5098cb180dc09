import { ErrorBody, routes } from "@connectbest/contract";
import mongoose from "mongoose";
import request from "supertest";
import { startTestApi, type Account, type TestApi } from "../testing/test-api";

let api: TestApi;
let ada: Account;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
});
// The last test leaves without a database; nothing of it is left to drop.
afterAll(() => mongoose.disconnect());

const post = (body: string, type = "application/json") =>
  request(api.app).post("/api/auth/login").set("content-type", type).send(body);

describe("whatever is sent", () => {
  it.each([
    ["broken JSON", () => post("{"), 400, "invalid_request"],
    ["JSON that is no object", () => post("[1]"), 400, "invalid_request"],
    ["nesting 5,000 deep", () => post(`{"email":${"[".repeat(5000)}${"]".repeat(5000)}}`), 400, "invalid_request"],
    ["more than 1 MB", () => post(JSON.stringify({ email: "x".repeat(1_100_000) })), 413, "too_large"],
    ["another type", () => post("email=a", "application/x-www-form-urlencoded"), 400, "invalid_request"],
    ["an unknown address", () => request(api.app).get("/api/nothing"), 404, "not_found"],
    ["a broken escape", () => request(api.app).get("/api/users/%E0%A4%A"), 400, "invalid_request"],
    ["a prototype", () => post('{"__proto__":{"email":"a@example.com"},"password":"x"}'), 400, "invalid_request"],
  ])("is answered in the wire's own form: %s", async (_, send, status, code) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(ErrorBody.parse(response.body).code).toBe(code);
    expect(response.headers["x-request-id"]).toBe((response.body as ErrorBody).requestId);
  });

  it.each(["limit[$gt]=1", "limit=1&limit=2", "limit=100000", "limit=0", "limit=x"])("refuses ?%s", async (query) => {
    const response = await request(api.app).get(`/api/users?${query}`).set("authorization", `Bearer ${ada.token}`);
    expect(response.status).toBe(400);
  });

  it("keeps a caller's request id, if it is harmless", async () => {
    const of = async (id: string) =>
      (await request(api.app).get("/api/health").set("x-request-id", id)).headers["x-request-id"];
    expect(await of("trace-1.2:3")).toBe("trace-1.2:3");
    expect(await of("<script>")).not.toBe("<script>");
  });

  it("says nothing of the software behind it", async () => {
    const response = await request(api.app).get("/api/health");
    expect(response.headers["x-powered-by"]).toBeUndefined();
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
    expect(routes.health.response.parse(response.body).status).toBe("ok");
  });
});

describe("without its database", () => {
  it("says 503, when to come back, and nothing of what is behind it", async () => {
    await mongoose.disconnect();
    for (const path of ["/api/health/ready", "/api/chat/channels"]) {
      const response = await request(api.app).get(path).set("authorization", `Bearer ${ada.token}`);
      expect([response.status, response.headers["retry-after"]]).toEqual([503, "2"]);
      expect(ErrorBody.parse(response.body).code).toBe("unavailable");
      expect(response.text).not.toMatch(/mongo|stack|27017/i);
    }
    expect((await request(api.app).get("/api/health")).status).toBe(200);
    // It has begun, and would not be better for being replaced.
    expect((await request(api.app).get("/api/health/started")).body).toEqual({ status: "started" });
  });
});
