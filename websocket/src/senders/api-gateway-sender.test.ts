import { HttpStub } from "../testing/stubs";
import { ApiGatewaySender } from "./api-gateway-sender";
import { messageLimit } from "./sender";

let stub: HttpStub | undefined;
afterEach(() => stub?.close());

const senderFor = (target: HttpStub, concurrency?: number) =>
  new ApiGatewaySender({
    endpoint: target.url,
    region: "us-east-1",
    isLocal: true,
    ...(concurrency !== undefined && { concurrency }),
  });
const eventsOf = (body: string) => (JSON.parse(body) as { events: number[] }).events;
const idOf = (path: string) => decodeURIComponent(path.split("/").at(-1) ?? "");

describe("the API Gateway sender", () => {
  it("posts a signed frame to each connection", async () => {
    stub = await HttpStub.start(() => ({ status: 200 }));
    expect(await senderFor(stub).send(["a=", "b/c="], ["1", "2"])).toEqual([]);
    expect(stub.calls.map((call) => [call.method, idOf(call.path), call.body]).sort()).toEqual([
      ["POST", "a=", '{"events":[1,2]}'],
      ["POST", "b/c=", '{"events":[1,2]}'],
    ]);
    expect(stub.calls[0]?.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it("answers who is gone", async () => {
    stub = await HttpStub.start(({ path }) => ({ status: idOf(path) === "old" ? 410 : 200 }));
    expect(await senderFor(stub).send(["new", "old"], ["1"])).toEqual(["old"]);
  });

  it("puts what waits for a connection into one frame, in order", async () => {
    stub = await HttpStub.start(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { status: 200 };
    });
    const sender = senderFor(stub);
    await Promise.all(Array.from({ length: 50 }, (_, i) => sender.send(["a"], [String(i)])));
    expect(stub.calls.flatMap((call) => eventsOf(call.body))).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(stub.calls.length).toBeLessThan(5);
  });

  it("tries again, later, when throttled or when the service fails, and gives up on a refusal", async () => {
    stub = await HttpStub.start((_, nth) => ({ status: [429, 500, 200][nth - 1] ?? 200 }));
    await senderFor(stub).send(["a"], ["1"]);
    expect(stub.calls).toHaveLength(3);
    await stub.close();
    stub = await HttpStub.start(() => ({ status: 403 }));
    expect(await senderFor(stub).send(["a"], ["1"])).toEqual([]);
    expect(stub.calls).toHaveLength(1);
  });

  it("keeps to its concurrency", async () => {
    stub = await HttpStub.start(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 200 };
    });
    await senderFor(stub, 7).send(
      Array.from({ length: 60 }, (_, i) => `c${i}`),
      ["1"],
    );
    expect(stub.calls).toHaveLength(60);
    expect(stub.peak).toBeLessThanOrEqual(7);
  });

  it("splits what is over API Gateway's message limit", async () => {
    stub = await HttpStub.start(() => ({ status: 200 }));
    const big = JSON.stringify("x".repeat(50_000));
    await senderFor(stub).send(["a"], [big, big, big, big, big]);
    expect(stub.calls.length).toBe(3);
    for (const call of stub.calls) expect(Buffer.byteLength(call.body)).toBeLessThanOrEqual(messageLimit);
  });

  it("closes connections, and minds none that is closed already", async () => {
    stub = await HttpStub.start(({ path }) => ({ status: idOf(path) === "old" ? 410 : 204 }));
    await senderFor(stub).close(["new", "old"]);
    expect(stub.calls.map((call) => call.method)).toEqual(["DELETE", "DELETE"]);
  });
});
