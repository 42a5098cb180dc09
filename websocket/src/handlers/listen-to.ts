import { userTopic, workspaceTopic } from "@connectbest/contract";
import type { Identity, Subscription } from "../connections";
import type { Runtime } from "../runtime";

/**
 * Makes a connection hear its owner's news, the workspace's, and these channels. Joins and leaves may happen meanwhile: a join
 * adds its own row and is not touched here; a leave that came before our row was written is found by asking for the memberships
 * once more.
 * @param held the connection's rows, read before `channelIds` were asked for
 */
export async function listenTo(
  identity: Identity,
  channelIds: string[],
  held: Subscription[],
  { api, connections }: Runtime,
): Promise<void> {
  const { connectionId, userId, sessionId } = identity;
  const always = [userTopic(userId), workspaceTopic];
  const has = new Set(held.map((row) => row.topic));
  const missing = [...always, ...channelIds].filter((topic) => !has.has(topic));
  await connections.add([identity], missing);
  const now = missing.length === 0 ? channelIds : (await api.listSubscriptions({ userId, sessionId })).channelIds;
  const wanted = new Set([...always, ...now]);
  const extra = [...has, ...missing].filter((topic) => !wanted.has(topic));
  await connections.remove(extra.map((topic) => ({ connectionId, topic })));
}
