import type { Message } from "@connectbest/contract";
import type { Person } from "../src/rest-client";

/**
 * The judge of all scenarios. What was acknowledged is stored as it was acknowledged; what is stored is unique by its key;
 * every member sees it in the stored order, `seq` rising and nothing missing.
 * @returns what is stored
 */
export async function judge(
  members: Person[],
  channelId: string,
  acknowledged: readonly Message[],
): Promise<Message[]> {
  const [view = [], ...others] = await Promise.all(members.map((member) => member.readAll(channelId)));
  for (const other of others) expect(other).toEqual(view);
  expect(view.map((message) => message.seq)).toEqual(view.map((_, i) => i + 1));
  expect(new Set(view.map((message) => message.clientMessageId)).size).toBe(view.length);
  const stored = new Map(view.map((message) => [message.id, message]));
  expect(acknowledged.filter((message) => !stored.has(message.id))).toEqual([]);
  for (const message of acknowledged) expect(stored.get(message.id)).toEqual(message);
  return view;
}
