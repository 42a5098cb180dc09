import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { ApiGatewaySender, GatewaySender, issueServiceToken, type Sender } from "@connectbest/websocket";
import { WebSocket } from "ws";
import { startGateway, type Gateway } from "./index";
import type { Limits } from "./limits";

const serviceSecret = "s".repeat(32);

interface Invocation {
  route: string;
  event: Record<string, unknown> & { requestContext: Record<string, unknown> };
}
let invocations: Invocation[];
let gateway: Gateway | undefined;

async function start(limits: Partial<Limits> = {}): Promise<Gateway> {
  const calls: Invocation[] = [];
  invocations = calls;
  const record = (route: string) => async (event: unknown) => {
    const typed = event as Invocation["event"];
    calls.push({ route, event: typed });
    const query = typed["queryStringParameters"] as { refuse?: string } | undefined;
    if (typed["body"] === "throw") throw new Error("handler failed");
    return { statusCode: query?.refuse ? Number(query.refuse) : 200 };
  };
  gateway = await startGateway({
    port: 0,
    serviceSecret,
    limits,
    handlers: { connect: record("connect"), disconnect: record("disconnect"), message: record("message") },
  });
  return gateway;
}
afterEach(() => gateway?.close());

const opened = (url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers: { origin: "http://localhost:3000" } });
    socket.once("open", () => resolve(socket)).once("error", reject);
  });
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));
const said = (socket: WebSocket) =>
  new Promise<string>((resolve) => socket.once("message", (data: Buffer) => resolve(data.toString())));
const until = async (condition: () => boolean) => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
};
const onlyId = (target: Gateway): string => [...target.connections.keys()][0] ?? "";

describe("the routes", () => {
  it("are called with API Gateway's events, in a connection's life", async () => {
    const { url } = await start();
    const socket = await opened(`${url}?ticket=t`);
    socket.send("hello");
    await until(() => invocations.length === 2);
    socket.close(1000, "done");
    await until(() => invocations.length === 3);
    const [connect, message, disconnect] = invocations.map(({ event }) => event);
    expect(connect).toMatchObject({
      queryStringParameters: { ticket: "t" },
      requestContext: { routeKey: "$connect", eventType: "CONNECT", stage: "local", apiId: "local" },
    });
    expect((connect?.["headers"] as Record<string, string>)["origin"]).toBe("http://localhost:3000");
    expect(message).toMatchObject({ body: "hello", isBase64Encoded: false, requestContext: { eventType: "MESSAGE" } });
    expect(message?.["headers"]).toBeUndefined();
    expect(disconnect?.requestContext).toMatchObject({ eventType: "DISCONNECT", disconnectStatusCode: 1000 });
    const ids = new Set(invocations.map(({ event }) => event.requestContext["connectionId"]));
    expect(ids.size).toBe(1);
  });

  it("refuse the handshake with $connect's status", async () => {
    const { url } = await start();
    await expect(opened(`${url}?refuse=401`)).rejects.toThrow("401");
    await expect(opened(`${url}?refuse=403`)).rejects.toThrow("403");
    expect(invocations.map(({ route }) => route)).toEqual(["connect", "connect"]);
  });

  it("answer a handler that throws as API Gateway does, and the socket lives", async () => {
    const { url } = await start();
    const socket = await opened(url);
    const answer = said(socket);
    socket.send("throw");
    expect(JSON.parse(await answer)).toMatchObject({ message: "Internal server error" });
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it("get binary messages in base64", async () => {
    const { url } = await start();
    const socket = await opened(url);
    socket.send(Buffer.from([1, 2, 3]));
    await until(() => invocations.length === 2);
    expect(invocations[1]?.event).toMatchObject({ body: "AQID", isBase64Encoded: true });
  });
});

describe("API Gateway's limits", () => {
  it("close 1009 a frame over 32 KB and a message over 128 KB, and let through what is within", async () => {
    const { url } = await start();
    const big = await opened(url);
    big.send("x".repeat(32 * 1024 + 1));
    expect(await closed(big)).toBe(1009);

    const fragmented = await opened(url);
    for (let i = 0; i < 4; i++) fragmented.send("x".repeat(32 * 1024), { fin: i === 3 });
    await until(() => invocations.some(({ event }) => (event["body"] as string | undefined)?.length === 128 * 1024));
    for (let i = 0; i < 5; i++) fragmented.send("x".repeat(32 * 1024), { fin: i === 4 });
    expect(await closed(fragmented)).toBe(1009);
  });

  it("close what is idle and what is old", async () => {
    const { url } = await start({ idle: 100 });
    const idle = await opened(url);
    expect(await closed(idle)).toBe(1001);
    await gateway?.close();
    const other = await start({ lifetime: 100 });
    expect(await closed(await opened(other.url))).toBe(1001);
  });

  it("end a client that reads nothing once 1 MB waits, while others are served", async () => {
    const target = await start();
    const [deaf, good] = [await opened(target.url), await opened(target.url)];
    const [deafId = "", goodId = ""] = [...target.connections.keys()];
    deaf.pause();
    let received = 0;
    good.on("message", () => received++);
    const sender = new GatewaySender({ endpoint: target.management, token: () => issueServiceToken(serviceSecret) });
    const event = JSON.stringify("x".repeat(100_000));
    let gone: string[] = [];
    for (let i = 0; i < 200 && gone.length === 0; i++) gone = await sender.send([deafId, goodId], [event]);
    expect(gone).toEqual([deafId]);
    expect(target.connections.has(goodId)).toBe(true);
    await until(() => received > 10);
    deaf.terminate();
  });
});

describe("the management API", () => {
  const clientFor = (target: Gateway) =>
    new ApiGatewayManagementApiClient({
      endpoint: target.management,
      region: "us-east-1",
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
      maxAttempts: 1,
    });

  it("serves AWS's own client: post, get, delete, gone, too large", async () => {
    const target = await start();
    const client = clientFor(target);
    const socket = await opened(target.url);
    const ConnectionId = onlyId(target);
    const heard = said(socket);
    await client.send(new PostToConnectionCommand({ ConnectionId, Data: "hi" }));
    expect(await heard).toBe("hi");
    const facts = await client.send(new GetConnectionCommand({ ConnectionId }));
    expect(facts.ConnectedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    const large = new PostToConnectionCommand({ ConnectionId, Data: "x".repeat(128 * 1024 + 1) });
    await expect(client.send(large)).rejects.toMatchObject({ name: "PayloadTooLargeException" });
    const end = closed(socket);
    await client.send(new DeleteConnectionCommand({ ConnectionId }));
    await end;
    const post = new PostToConnectionCommand({ ConnectionId, Data: "hi" });
    await expect(client.send(post)).rejects.toMatchObject({ name: "GoneException" });
  });

  it("takes nothing from strangers", async () => {
    const target = await start();
    const post = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${target.management}${path}`, { method: "POST", body: "[]", headers });
    expect((await post("/@connections/x")).status).toBe(403);
    expect((await post("/deliveries")).status).toBe(401);
    expect((await post("/closures", { authorization: "Bearer x" })).status).toBe(401);
    expect((await post("/elsewhere")).status).toBe(403);
  });
});

describe.each([
  ["the gateway's own sender", (target: Gateway): Sender => gatewaySender(target)],
  [
    "the API Gateway sender",
    (target: Gateway): Sender =>
      new ApiGatewaySender({ endpoint: target.management, region: "us-east-1", isLocal: true }),
  ],
])("%s", (_, senderFor) => {
  it("reaches many, in order, answers who is gone, and closes", async () => {
    const target = await start();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => opened(target.url)));
    const ids = [...target.connections.keys()];
    const heard = sockets.map(() => [] as number[]);
    sockets.forEach((socket, i) =>
      socket.on("message", (data: Buffer) =>
        heard[i]?.push(...(JSON.parse(data.toString()) as { events: number[] }).events),
      ),
    );
    const sender = senderFor(target);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => sender.send([...ids, "bm9ib2R5"], [String(n)])),
    );
    for (const gone of answers) expect(gone).toEqual(["bm9ib2R5"]);
    await until(() => heard.every((list) => list.length === 100));
    for (const list of heard) expect(list).toEqual(Array.from({ length: 100 }, (_, n) => n));
    const ends = sockets.map(closed);
    await sender.close([...ids, "bm9ib2R5"], 4001);
    await Promise.all(ends);
  });

  it("splits what one message cannot carry", async () => {
    const target = await start();
    const socket = await opened(target.url);
    const sizes: number[] = [];
    const lengths: number[] = [];
    socket.on("message", (data: Buffer) => {
      sizes.push(data.length);
      lengths.push(...(JSON.parse(data.toString()) as { events: string[] }).events.map((event) => event.length));
    });
    const big = JSON.stringify("x".repeat(50_000));
    await senderFor(target).send([onlyId(target)], [big, big, big, big, big]);
    await until(() => lengths.length === 5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128 * 1024);
  });
});

function gatewaySender(target: Gateway): Sender {
  return new GatewaySender({ endpoint: target.management, token: () => issueServiceToken(serviceSecret) });
}
