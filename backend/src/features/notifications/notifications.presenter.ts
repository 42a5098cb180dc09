import type { Notification } from "@connectbest/contract";
import type { Types } from "mongoose";
import { ChannelModel } from "../channels/channels.model";
import { excerptOf } from "../messages/advance-channel";
import { MessageModel } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { presentAuthor } from "../users/users.presenter";
import { loadUsers } from "../users/users.service";
import type { NotificationDocument } from "./notifications.model";

const byId = <T extends { id: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));

/** Each once: a thousand people may be told of one message. */
const distinct = (ids: (Types.ObjectId | null)[]): Types.ObjectId[] => [
  ...new Map(ids.flatMap((id) => (id ? [[id.toHexString(), id]] : []))).values(),
];

/** With what they are about, as it is now: loaded at once for all. */
export async function presentNotifications(rows: NotificationDocument[]): Promise<Notification[]> {
  if (rows.length === 0) return [];
  const channels = await ChannelModel.find(
    { _id: { $in: distinct(rows.map((row) => row.channelId)) } },
    { name: 1 },
  ).lean();
  const names = new Map(channels.map((channel) => [channel._id.toHexString(), channel.name]));
  const messages = byId(
    await presentMessages(await MessageModel.find({ _id: { $in: distinct(rows.map((row) => row.messageId)) } }).lean()),
  );
  const users = byId((await loadUsers(distinct(rows.map((row) => row.actorId)))).map(presentAuthor));
  return rows.flatMap((row): Notification[] => {
    const message = messages.get(row.messageId.toHexString());
    if (!message) return [];
    const text = message.content || message.attachments.map(({ name }) => name).join(", ");
    const actor =
      row.actorId && (users.get(row.actorId.toHexString()) ?? (row.kind === "reaction" ? null : message.user));
    return [
      {
        id: row._id.toHexString(),
        kind: row.kind,
        channelId: row.channelId.toHexString(),
        channelName: names.get(row.channelId.toHexString()) ?? null,
        messageId: message.id,
        parentMessageId: row.parentId?.toHexString() ?? null,
        actor,
        excerpt: excerptOf(text),
        detail: row.detail,
        count: row.count,
        isRead: row.isRead,
        at: row.at.toISOString(),
      },
    ];
  });
}
