import type { NotificationSettings } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { forgetKeywords } from "./keywords";
import {
  initialSettings,
  NotificationSettingsModel,
  type NotificationSettingsDocument,
} from "./notification-settings.model";

const present = (settings: NotificationSettingsDocument): NotificationSettings => ({
  doNotDisturb: settings.doNotDisturb,
  pausedUntil: settings.pausedUntil?.toISOString() ?? null,
  keywords: settings.keywords,
  mail: settings.mail,
});

/** Of several people at once, by id. */
export async function loadSettings(userIds: Types.ObjectId[]): Promise<Map<string, NotificationSettingsDocument>> {
  const known = await NotificationSettingsModel.find({ _id: { $in: userIds } }).lean();
  const byId = new Map(known.map((settings) => [settings._id.toHexString(), settings]));
  return new Map(userIds.map((id) => [id.toHexString(), byId.get(id.toHexString()) ?? initialSettings(id)]));
}

export async function get(actor: Pick<Actor, "userId">): Promise<{ settings: NotificationSettings }> {
  const settings = await NotificationSettingsModel.findById(actor.userId).lean();
  return { settings: present(settings ?? initialSettings(actor.userId)) };
}

export async function update(
  actor: Pick<Actor, "userId">,
  change: { [K in keyof NotificationSettings]?: NotificationSettings[K] | undefined },
): Promise<{ settings: NotificationSettings }> {
  const { _id, ...initial } = initialSettings(actor.userId);
  const keywords = change.keywords && [...new Set(change.keywords)];
  const set = {
    ...(change.doNotDisturb && { doNotDisturb: change.doNotDisturb }),
    ...(change.pausedUntil !== undefined && {
      pausedUntil: change.pausedUntil ? new Date(change.pausedUntil) : null,
    }),
    ...(keywords && { keywords, hasKeywords: keywords.length > 0 }),
    ...(change.mail && { mail: change.mail }),
  };
  const untouched = Object.fromEntries(Object.entries(initial).filter(([name]) => !(name in set)));
  const settings = await NotificationSettingsModel.findByIdAndUpdate(
    _id,
    { $set: set, $setOnInsert: untouched },
    { upsert: true, returnDocument: "after" },
  ).lean();
  forgetKeywords();
  return { settings: present(settings ?? initialSettings(actor.userId)) };
}
