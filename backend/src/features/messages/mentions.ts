import type { Types } from "mongoose";
import { findPresentUserIds } from "../../realtime/publish";
import { MemberModel } from "../channels/members.model";
import { UserModel } from "../users/users.model";

/** Whom a message calls. */
export interface Mentions {
  userIds: Types.ObjectId[];
  everybody: boolean;
}

/** What is written in a message's text, without looking anybody up. */
export interface Calls {
  usernames: string[];
  channel: boolean;
  here: boolean;
}

const everybody = new Set(["channel", "all", "everyone"]);
/** So many `@name` are looked up in one message. */
const mostNames = 100;
/** Past so many people who are here, `@here` calls the channel: a list of them would be longer than the message. */
const mostHere = 200;

/** Code calls nobody: fenced blocks, and what stands between backticks on one line. */
const withoutCode = (content: string): string =>
  content.replace(/```[\s\S]*?(?:```|$)/g, " ").replace(/`[^`\n]*`/g, " ");

/** Without the full stops and dashes that end a sentence. By hand: as a pattern it takes the square of their number. */
function withoutEnd(word: string): string {
  let end = word.length;
  while (end > 0 && "._-".includes(word[end - 1] ?? "")) end--;
  return word.slice(0, end);
}

/** The calls in a text: an `@` that no letter or digit precedes, so that addresses of mail are none. */
export function callsIn(content: string): Calls {
  const calls: Calls = { usernames: [], channel: false, here: false };
  if (!content.includes("@")) return calls;
  const names = new Set<string>();
  for (const [, name = ""] of withoutCode(content).matchAll(
    /(?<![\p{L}\p{N}_.@/-])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu,
  )) {
    const word = name.toLowerCase();
    const bare = withoutEnd(word);
    if (everybody.has(bare)) calls.channel = true;
    else if (bare === "here") calls.here = true;
    // The end of a sentence is not part of a name, unless it is.
    else for (const candidate of [word, bare]) if (names.size < mostNames) names.add(candidate);
  }
  calls.usernames = [...names];
  return calls;
}

async function membersAmong(channelId: Types.ObjectId, userIds: readonly (Types.ObjectId | string)[]) {
  if (userIds.length === 0) return [];
  const members = await MemberModel.find({ channelId, userId: { $in: userIds } }, { userId: 1 }).lean();
  return members.map((member) => member.userId);
}

async function namedIn(channelId: Types.ObjectId, usernames: string[]): Promise<Types.ObjectId[]> {
  if (usernames.length === 0) return [];
  const users = await UserModel.find({ username: { $in: usernames }, deletedAt: null }, { _id: 1 }).lean();
  return membersAmong(
    channelId,
    users.map((user) => user._id),
  );
}

/**
 * Finds out whom a message calls: members of its channel, but for its author. Whoever cannot be asked about is called. In a
 * thread `@channel` and `@here` both call those who follow it.
 */
export async function resolveMentions(
  content: string,
  { channelId, authorId, isReply }: { channelId: Types.ObjectId; authorId: Types.ObjectId; isReply: boolean },
): Promise<Mentions> {
  const calls = callsIn(content);
  const named = await namedIn(channelId, calls.usernames);
  const isAsked = calls.here && !calls.channel && !isReply;
  const present = isAsked ? await findPresentUserIds(channelId.toHexString()) : [];
  const isAll = calls.channel || (isReply && calls.here) || present === null || present.length > mostHere;
  const here = isAll || !present ? [] : await membersAmong(channelId, present);
  const byId = new Map([...named, ...here].map((id) => [id.toHexString(), id]));
  byId.delete(authorId.toHexString());
  return { userIds: [...byId.values()], everybody: isAll };
}
