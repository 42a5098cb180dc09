import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { Agent, request } from "undici";
import { Person } from "../src/rest-client";
import { System, type Part } from "../src/system";
import { Listeners, opened } from "./listeners";
import type { Target } from "./rounds";

const servers: Part[] = ["API", "Gateway", "Database", "DynamoDB"];

/** The keys of the messages that a frame of events brings. */
function createdKeys(frame: string): string[] {
  const { events } = JSON.parse(frame) as { events: { type: string; message?: { clientMessageId: string } }[] };
  return events.flatMap((event) => (event.type === "message.created" ? (event.message?.clientMessageId ?? []) : []));
}

export interface HotChannel extends Target {
  people: Person[];
}

/** The whole system with one channel of so many members, all connected; messages are posted over REST in turn. */
export async function startHotChannel(
  sender: "gateway" | "apigateway",
  members: number,
  bytes: number,
  environment: Record<string, string> = {},
): Promise<HotChannel> {
  const system = await System.start({ FRONTEND: "off", REALTIME_SENDER: sender, ...environment });
  const people: Person[] = [];
  for (let i = 0; i < members; i++) people.push(await Person.signUp(system, `Member ${i}`));
  const [first, ...others] = people;
  if (!first) throw new Error("A channel needs a member.");
  const channel = await first.createChannel("hot", others);
  const listeners = new Listeners(createdKeys);
  for (const person of people) {
    const { url, ticket } = await person.rest.call(routes.createTicket);
    listeners.add(await opened(`${url.replace("localhost", "127.0.0.1")}?ticket=${ticket}`));
  }
  const agent = new Agent({ connections: 100, keepAliveTimeout: 60_000 });
  const content = "x".repeat(bytes);
  return {
    name: sender === "gateway" ? "single-host sender" : "API Gateway sender",
    listeners,
    people,
    pids: () => servers.map((part) => system.pid(part)),
    async send(nth) {
      const clientMessageId = randomUUID();
      const response = await request(`${system.api}/chat/channels/${channel.id}/messages`, {
        method: "POST",
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${people[nth % members]?.rest.token ?? ""}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ content, clientMessageId }),
      });
      await response.body.dump();
      if (response.statusCode !== 201) throw new Error(`Answered ${response.statusCode}`);
      return clientMessageId;
    },
    async stop() {
      listeners.close();
      await agent.close();
      await system.stop();
    },
  };
}
