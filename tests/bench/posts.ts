import { fork } from "node:child_process";
import path from "node:path";
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { ApiGatewaySender } from "@connectbest/websocket";
import { median } from "./statistics";
import { markdownTable } from "./table";

const connections = Array.from({ length: 100 }, (_, i) => `c0nnect1on${i}=`);
const event = JSON.stringify({ type: "message.created", text: "x".repeat(500) });

/** Microseconds of this process's CPU for each of `posts` posts, 50 under way at once. */
async function cost(post: (connectionId: string) => Promise<unknown>, posts: number): Promise<number> {
  const before = process.cpuUsage();
  let next = 0;
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      while (next < posts) await post(connections[next++ % connections.length] ?? "");
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / posts;
}

/** What one post to API Gateway costs the sending process: the bare SDK beside our sender, rounds interleaved. */
export async function benchPosts(rounds: number): Promise<string> {
  const child = fork(path.join(__dirname, "posts-server.ts"), { execArgv: ["--import", "tsx"] });
  const port = await new Promise<number>((resolve) => child.once("message", (value) => resolve(value as number)));
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new ApiGatewayManagementApiClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  const sender = new ApiGatewaySender({ endpoint, region: "us-east-1", isLocal: true });
  const ways: Record<string, (connectionId: string) => Promise<unknown>> = {
    "bare SDK client": (ConnectionId) =>
      client.send(new PostToConnectionCommand({ ConnectionId, Data: `{"events":[${event}]}` })),
    ApiGatewaySender: (connectionId) => sender.send([connectionId], [event]),
  };
  const results = new Map<string, number[]>();
  for (const post of Object.values(ways)) await cost(post, 1000);
  for (let round = 0; round < rounds; round++)
    for (const [name, post] of Object.entries(ways))
      results.set(name, [...(results.get(name) ?? []), await cost(post, 4000)]);
  child.disconnect();
  const rows = [...results].map(([name, values]) => [name, median(values).toFixed(0)]);
  return markdownTable(["post to one connection", "CPU µs/post"], rows);
}
