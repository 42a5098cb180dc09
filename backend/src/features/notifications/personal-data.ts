import type { NotificationSettings } from "@connectbest/contract";
import type { ClientSession, Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { forgetKeywords } from "./keywords";
import { NotificationSettingsModel } from "./notification-settings.model";
import { NotificationModel } from "./notifications.model";
import { PushSubscriptionModel } from "./push-subscriptions.model";
import { get } from "./settings.service";
import { UnreadMailModel } from "./unread-mails.model";

/** An account is deleted, and with it what it was told, by what, and where. */
export async function forgetNotices(userId: Types.ObjectId, session?: ClientSession): Promise<void> {
  const options = session ? { session } : {};
  await NotificationModel.deleteMany({ userId }, options);
  await PushSubscriptionModel.deleteMany({ userId }, options);
  await NotificationSettingsModel.deleteOne({ _id: userId }, options);
  await UnreadMailModel.deleteOne({ _id: userId }, options);
  forgetKeywords();
}

export const exportSettings = async (actor: Actor): Promise<NotificationSettings> => (await get(actor)).settings;
