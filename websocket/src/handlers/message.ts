import { ClientFrame, type ErrorCode } from "@connectbest/contract";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { ApiRefusal } from "../api-client";
import { ownRowOf, type Identity, type Subscription } from "../connections";
import { endConnections } from "../realtime";
import { handlerOf, type Runtime } from "../runtime";
import { listenTo } from "./listen-to";
import { refreshPresence } from "./refresh-presence";

/** The malformed frame that closes the socket. */
const strikes = 10;
const policyViolation = 1008;

/** Who opened the connection, and for `hello` all its rows. */
type Sender = Identity & { held: Subscription[] };

type FrameOf<A extends ClientFrame["action"]> = Extract<ClientFrame, { action: A }>;

/** Persists through the API, answers the sender, tells the channel. A repeat is only answered. */
async function sendMessage(frame: FrameOf<"sendMessage">, sender: Identity, { api, delivery }: Runtime): Promise<void> {
  const { action: _, ...sent } = frame;
  const { channelId, clientMessageId } = sent;
  const { userId, sessionId, connectionId } = sender;
  const { message, created } = await api.acceptMessage({ userId, sessionId, ...sent });
  await Promise.all([
    delivery.reply(connectionId, { type: "ack", clientMessageId, message }),
    created && delivery.deliver(channelId, [{ type: "message.created", channelId, rev: message.rev, message }]),
  ]);
}

/** Only those who hear a channel may be seen typing in it. */
async function typing(frame: FrameOf<"typing">, sender: Identity, { connections, delivery }: Runtime): Promise<void> {
  const { action: _, ...typing } = frame;
  const { channelId } = typing;
  const listens = await connections.find(sender.connectionId, channelId);
  if (!listens)
    return delivery.reply(sender.connectionId, {
      type: "error",
      code: "not_found",
      error: "This channel was not found, or is not yours to see.",
    });
  const { userId, userName } = listens;
  await delivery.deliver(channelId, [{ type: "typing", userId, userName, ...typing }]);
}

/** A device fell idle or woke: what that makes of its owner is for the API to say. */
async function presence(frame: FrameOf<"presence">, sender: Identity, runtime: Runtime): Promise<void> {
  await runtime.connections.setIdle(sender, frame.status === "away");
  await refreshPresence(sender.userId, runtime);
}

/** Brings the rows level with the memberships (one may have changed while the connection was opening), then greets. */
async function hello({ held, ...sender }: Sender, runtime: Runtime): Promise<void> {
  const { userId, sessionId, connectionId } = sender;
  const { channelIds } = await runtime.api.listSubscriptions({ userId, sessionId });
  await listenTo(sender, channelIds, held, runtime);
  const serverTime = new Date().toISOString();
  await runtime.delivery.reply(connectionId, { type: "connected", connectionId, userId, serverTime });
  await refreshPresence(userId, runtime);
}

async function perform(frame: ClientFrame, sender: Sender, runtime: Runtime): Promise<void> {
  switch (frame.action) {
    case "hello":
      return hello(sender, runtime);
    case "sendMessage":
      return sendMessage(frame, sender, runtime);
    case "typing":
      return typing(frame, sender, runtime);
    case "presence":
      return presence(frame, sender, runtime);
    case "ping":
      return runtime.delivery.reply(sender.connectionId, { type: "pong", at: new Date().toISOString() });
    default:
      return frame satisfies never;
  }
}

function parseFrame(body: string | undefined): { frame?: ClientFrame; reason: string; clientMessageId?: string } {
  let json: unknown;
  try {
    json = JSON.parse(body ?? "");
  } catch {
    return { reason: "The frame is not valid JSON." };
  }
  const parsed = ClientFrame.safeParse(json);
  if (parsed.success) return { frame: parsed.data, reason: "" };
  const key = (json as { clientMessageId?: unknown } | null)?.clientMessageId;
  const issue = parsed.error.issues[0];
  const reason = issue?.path.length ? `${issue.path.join(".")}: ${issue.message}` : (issue?.message ?? "Invalid input");
  return { reason: `The frame is not valid. ${reason}`, ...(typeof key === "string" && { clientMessageId: key }) };
}

async function refuse(
  sender: Identity,
  reason: string,
  clientMessageId: string | undefined,
  runtime: Runtime,
): Promise<void> {
  const { connections, delivery, sender: port } = runtime;
  const count = await connections.countMalformed(sender);
  const code: ErrorCode = "invalid_request";
  await delivery.reply(sender.connectionId, {
    type: "error",
    code,
    error: reason,
    ...(clientMessageId && { clientMessageId }),
  });
  if (count >= strikes) await port.close([sender.connectionId], policyViolation);
}

/** What the API says of a session that is over. */
const endings: ReadonlySet<ErrorCode> = new Set(["unauthenticated", "account_suspended"]);

/** The session ended while this connection was out of sight (the index of connections lags): it ends now. */
async function endConnection({ connectionId }: Identity, runtime: Runtime): Promise<APIGatewayProxyResultV2> {
  await endConnections([connectionId], runtime.connections, runtime.sender);
  return { statusCode: 401 };
}

/** @returns `undefined` when the connection has no rows (any more) */
async function findSender(
  connectionId: string,
  frame: ClientFrame | undefined,
  { connections }: Runtime,
): Promise<Sender | undefined> {
  const held = frame?.action === "hello" ? await connections.ofConnection(connectionId) : [];
  const own = frame?.action === "hello" ? ownRowOf(held) : await connections.identify(connectionId);
  return own && { ...own, held };
}

/** Every frame of every client. Whatever goes wrong with one, the client is told in words and the socket lives. */
export async function message(
  event: Pick<APIGatewayProxyWebsocketEventV2, "requestContext" | "body" | "isBase64Encoded">,
  runtime: Runtime,
): Promise<APIGatewayProxyResultV2> {
  const { connectionId } = event.requestContext;
  const { frame, reason, clientMessageId } = parseFrame(event.isBase64Encoded ? undefined : event.body);
  const sender = await findSender(connectionId, frame, runtime);
  if (!sender) {
    await runtime.sender.close([connectionId], policyViolation);
    return { statusCode: 401 };
  }
  if (!frame) {
    await refuse(sender, reason, clientMessageId, runtime);
    return { statusCode: 400 };
  }
  try {
    await perform(frame, sender, runtime);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    if (endings.has(error.body.code)) return endConnection(sender, runtime);
    await runtime.delivery.reply(connectionId, {
      type: "error",
      code: error.body.code,
      error: error.body.error,
      ...("clientMessageId" in frame && { clientMessageId: frame.clientMessageId }),
    });
  }
  return { statusCode: 200 };
}

export const handler = handlerOf(message);
