import { reactionKinds, type Message } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { conflict, forbidden } from "../../http/errors";
import { changeMessage } from "./change-message";
import { findLiveMessage } from "./find-message";
import type { MessageDocument } from "./messages.model";
import { canRespond } from "./messages.policy";

type Reactions = NonNullable<MessageDocument["reactions"]>;

/** @throws conflict when the message has all the kinds of reaction that it takes */
function withReaction(reactions: Reactions, emoji: string, userId: Types.ObjectId): Reactions | null {
  const there = reactions.find((reaction) => reaction.emoji === emoji);
  if (there?.userIds.some((id) => id.equals(userId))) return null;
  if (there)
    return reactions.map((reaction) =>
      reaction === there ? { emoji, userIds: [...there.userIds, userId] } : reaction,
    );
  if (reactions.length >= reactionKinds)
    throw conflict(`A message takes ${reactionKinds} kinds of reaction. Use one that is there already.`);
  return [...reactions, { emoji, userIds: [userId] }];
}

function withoutReaction(reactions: Reactions, emoji: string, userId: Types.ObjectId): Reactions | null {
  const there = reactions.find((reaction) => reaction.emoji === emoji);
  if (!there?.userIds.some((id) => id.equals(userId))) return null;
  return reactions
    .map((reaction) =>
      reaction === there ? { emoji, userIds: there.userIds.filter((id) => !id.equals(userId)) } : reaction,
    )
    .filter((reaction) => reaction.userIds.length > 0);
}

async function react(
  actor: Actor,
  messageId: string,
  next: (reactions: Reactions) => Reactions | null,
): Promise<{ message: Message }> {
  const { message } = await findLiveMessage(messageId, actor.userId);
  if (!canRespond(message)) throw forbidden("Nobody can react to what the system noted.");
  const changed = await changeMessage(message, actor.userId, async (current) => {
    const reactions = next(current.reactions ?? []);
    return reactions && { $set: { reactions } };
  });
  return { message: changed };
}

export const add = (actor: Actor, messageId: string, emoji: string) =>
  react(actor, messageId, (reactions) => withReaction(reactions, emoji, actor.userId));

export const remove = (actor: Actor, messageId: string, emoji: string) =>
  react(actor, messageId, (reactions) => withoutReaction(reactions, emoji, actor.userId));
