import type { Message } from "@connectbest/contract";
import type { Types } from "mongoose";
import { publish } from "../../realtime/publish";
import { resolveMentions } from "./mentions";
import { demandMessageAllowance } from "./message-allowance";
import { storeMessage } from "./message-writer";
import { presentOne } from "./messages.presenter";
import type { Limits } from "./messages.service";

/** Says something in the name of a program, which is no member and reads nothing. @throws forbidden, conflict, rate_limited */
export async function postAsBot(
  bot: { _id: Types.ObjectId; name: string },
  channelId: Types.ObjectId,
  { content, clientMessageId }: { content: string; clientMessageId: string },
  limits: Limits,
): Promise<{ message: Message; created: boolean }> {
  demandMessageAllowance(bot._id.toHexString(), limits.MESSAGES_PER_MINUTE);
  const stored = await storeMessage({
    channelId,
    userId: bot._id,
    userName: bot.name,
    bot: { name: bot.name },
    content,
    clientMessageId,
    ...(content.includes("@") && {
      mentions: await resolveMentions(content, { channelId, authorId: bot._id, isReply: false }),
    }),
  });
  const message = await presentOne(stored.message);
  const id = channelId.toHexString();
  publish(id, { type: "message.created", channelId: id, rev: message.rev, message });
  return { message, created: stored.created };
}
