import type { Types } from "mongoose";
import { MemberModel } from "../channels/members.model";
import { fold } from "../users/search-terms";
import { NotificationSettingsModel } from "./notification-settings.model";
import { wordsIn } from "./words";

/** Somebody who wants to hear of some words. */
export interface Listener {
  userId: Types.ObjectId;
  /** Folded. */
  keywords: string[];
}

/** How long a process goes by what it knows of other people's keywords, in milliseconds. */
const lifetime = 5_000;

let known: Promise<Listener[]> | undefined;
let until = 0;

/** Ours have changed: what is known is asked for anew. */
export function forgetKeywords(): void {
  until = 0;
}

async function load(): Promise<Listener[]> {
  const settings = await NotificationSettingsModel.find({ hasKeywords: true }, { keywords: 1 }).lean();
  return settings.map(({ _id, keywords }) => ({ userId: _id, keywords: keywords.map(fold).filter(Boolean) }));
}

function listeners(): Promise<Listener[]> {
  if (!known || Date.now() > until) {
    until = Date.now() + lifetime;
    known = load();
    known.catch(() => (until = 0));
  }
  return known;
}

/** Those who have keywords and are in a channel: what others have is not looked for in what is said there. */
export async function keywordsIn(channelId: Types.ObjectId): Promise<Listener[]> {
  const all = await listeners();
  if (all.length === 0) return [];
  const userIds = all.map(({ userId }) => userId);
  const members = await MemberModel.find({ channelId, userId: { $in: userIds } }, { userId: 1 }).lean();
  const joined = new Set(members.map(({ userId }) => userId.toHexString()));
  return all.filter(({ userId }) => joined.has(userId.toHexString()));
}

/** Those of them whose keywords stand in a text. */
export function calledByWords(content: string, among: Listener[]): Types.ObjectId[] {
  if (among.length === 0) return [];
  const hasWord = wordsIn(fold(content));
  return among.filter(({ keywords }) => keywords.some(hasWord)).map(({ userId }) => userId);
}
