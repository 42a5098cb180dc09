import { createHash, createHmac } from "node:crypto";
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
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
/**
 * Checks a request's Signature Version 4 from the specification, beside the library that made it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function isSigned({ method, path, headers, body }: HttpStub["calls"][number], secret: string): boolean {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const [, scope = "", names = "", signature] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)/.exec(String(headers["authorization"])) ?? [];
  const [day = "", region = "", service = ""] = scope.split("/");
  const canonicalHeaders = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonicalPath = path.split("/").map(encodeURIComponent).join("/");
  const canonical = [method, canonicalPath, "", canonicalHeaders.join(""), names, sha256(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), "aws4_request");
  return hmac(key, toSign).toString("hex") === signature;
}
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
  });

  it("signs as AWS's own client does", async () => {
    stub = await HttpStub.start(() => ({ status: 200 }));
    const client = new ApiGatewayManagementApiClient({
      endpoint: `${stub.url}/prod`,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    await client.send(new PostToConnectionCommand({ ConnectionId: "a/b=", Data: "x" }));
    await new ApiGatewaySender({ endpoint: `${stub.url}/prod`, region: "us-east-1", isLocal: true }).send(
      ["a/b="],
      ["1"],
    );
    const [theirs, ours] = stub.calls;
    expect(ours?.path).toBe(theirs?.path);
    for (const call of stub.calls) {
      expect(isSigned(call, "local")).toBe(true);
      expect(isSigned(call, "another")).toBe(false);
    }
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

  it("survives an endpoint that is away", async () => {
    const away = new ApiGatewaySender({ endpoint: "http://127.0.0.1:9", region: "us-east-1", isLocal: true });
    expect(await away.send(["a"], ["1"])).toEqual([]);
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
