import type { Types } from "mongoose";
import { ApiError, notFound } from "../../http/errors";
import { findJoinedChannel } from "../channels/channel-access";
import type { ChannelDocument } from "../channels/channels.model";
import type { MemberDocument } from "../channels/members.model";
import { MessageModel, type MessageDocument } from "./messages.model";

export interface Found {
  message: MessageDocument;
  channel: ChannelDocument;
  member: MemberDocument;
}

/** A message that the user may read: deleted ones too, as what is left of them. @throws not_found */
export async function findReadableMessage(id: Types.ObjectId | string, userId: Types.ObjectId): Promise<Found> {
  const message = await MessageModel.findById(id).lean();
  if (!message) throw notFound("This message");
  try {
    return { message, ...(await findJoinedChannel(message.channelId, userId)) };
  } catch (error) {
    throw error instanceof ApiError && error.code === "not_found" ? notFound("This message") : error;
  }
}

/** One that is still there. @throws not_found */
export async function findLiveMessage(id: Types.ObjectId | string, userId: Types.ObjectId): Promise<Found> {
  const found = await findReadableMessage(id, userId);
  if (found.message.deletedAt) throw notFound("This message");
  return found;
}
