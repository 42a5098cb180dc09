import type { ClientSession, Types } from "mongoose";
import { notFound } from "../../http/errors";
import { MemberModel } from "../channels/members.model";

/**
 * Makes sure, in a transaction that writes the channel's own document, that somebody is still in it: whoever takes them out
 * writes that too, so that of the two only one goes through. @throws not_found
 */
export async function demandMember(
  channelId: Types.ObjectId,
  userId: Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  if (!(await MemberModel.exists({ channelId, userId }).session(session))) throw notFound("This message");
}
