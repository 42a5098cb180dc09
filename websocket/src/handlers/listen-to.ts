import { userTopic, workspaceTopic } from "@connectbest/contract";
import type { Identity, Subscription } from "../connections";
import type { Runtime } from "../runtime";

/**
 * Makes a connection hear these channels. Joins and leaves may happen meanwhile: a join adds its own row and is not touched
 * here; a leave that came before our row was written is found by asking for the memberships once more.
 * @param held the connection's rows, read before `channelIds` were asked for
 */
export async function listenTo(
  identity: Identity,
  channelIds: string[],
  held: Subscription[],
  { api, connections }: Runtime,
): Promise<void> {
  const { connectionId, userId, sessionId } = identity;
  const has = new Set(held.map((row) => row.topic));
  const missing = [workspaceTopic, ...channelIds].filter((topic) => !has.has(topic));
  await connections.add([identity], missing);
  const now = await api.listSubscriptions({ userId, sessionId });
  const wanted = new Set([userTopic(userId), workspaceTopic, ...now.channelIds]);
  const extra = [...has, ...missing].filter((topic) => !wanted.has(topic));
  await connections.remove(extra.map((topic) => ({ connectionId, topic })));
}
