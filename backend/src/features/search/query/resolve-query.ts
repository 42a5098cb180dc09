import type { Types } from "mongoose";
import type { ChannelDocument } from "../../channels/channels.model";
import { BookmarkModel } from "../../messages/bookmarks.model";
import { fold as foldName } from "../../users/search-terms";
import { UserModel } from "../../users/users.model";
import { findUser } from "../../users/users.service";
import { fold } from "../text/fold";
import type { Criteria, Span } from "./criteria";
import { dayEnd, dayStart } from "./days";
import { badQuery, type Condition } from "./parse-query";

/** A channel that the asker may read. */
export type ReadableChannel = Pick<ChannelDocument, "_id" | "name" | "type" | "dmKey" | "rev">;

const isId = (name: string): boolean => /^[0-9a-f]{24}$/.test(name);
/** How many people one name may stand for. */
const namesakes = 50;

const always: Span = { from: -Infinity, to: Infinity };
const quoted = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** The people whom a name may mean: a user name is one person's, a first name several people's. @throws invalid_request */
async function findPeople(operator: "from" | "in", name: string): Promise<string[]> {
  const bare = name.replace(/^@/, "");
  if (isId(bare)) return [bare];
  const term = foldName(bare);
  const found = await UserModel.find({ searchTerms: term }, { username: 1 }).limit(namesakes).lean();
  const exact = found.filter(({ username }) => username === term);
  const people = (exact.length > 0 ? exact : found).map(({ _id }) => _id.toHexString());
  if (people.length === 0) throw badQuery(`${operator}: nobody here is called ${quoted(bare)}.`);
  return people;
}

/** Turns what was asked into what must hold, for one person. */
export class QueryResolver {
  /** @param channels all that the asker may read */
  constructor(
    readonly userId: Types.ObjectId,
    readonly channels: ReadableChannel[],
  ) {}

  /** @throws invalid_request when a name stands for nobody, or nothing is left to look for */
  async resolve(conditions: Condition[]): Promise<Criteria> {
    const { span, unwantedSpans } = await this.#spans(conditions);
    const texts = (isNegated: boolean) =>
      conditions.flatMap((one) => (one.kind === "text" && one.isNegated === isNegated ? [fold(one.text)] : []));
    const traits = (isNegated: boolean) =>
      conditions.flatMap((one) => (one.kind === "trait" && one.isNegated === isNegated ? [one.trait] : []));
    const terms = texts(false).filter((term) => term.trim() !== "");
    const saved = await this.#savedIds(conditions);
    const asks = (wanted: boolean) =>
      conditions.some(({ kind, isNegated }) => kind === "saved" && isNegated !== wanted);
    if (terms.length === 0 && conditions.every(({ kind, isNegated }) => kind === "text" && !isNegated))
      throw badQuery("Say what to look for: a word, part of one, or an operator like from:@ada.");
    return {
      terms,
      unwantedTerms: texts(true).filter((term) => term.trim() !== ""),
      channelIds: await this.#channelIds(conditions),
      authorIds: await this.#authors(conditions, false),
      unwantedAuthorIds: (await this.#authors(conditions, true)) ?? new Set(),
      span,
      unwantedSpans,
      traits: traits(false),
      unwantedTraits: traits(true),
      messageIds: asks(true) ? saved : undefined,
      unwantedMessageIds: asks(false) ? saved : new Set(),
    };
  }

  async #authors(conditions: Condition[], isNegated: boolean): Promise<Set<string> | undefined> {
    const ids = new Set<string>();
    let isAsked = false;
    for (const one of conditions) {
      if (one.kind !== "from" || one.isNegated !== isNegated) continue;
      isAsked = true;
      const people = one.name.toLowerCase() === "me" ? [this.userId.toHexString()] : await findPeople("from", one.name);
      for (const id of people) ids.add(id);
    }
    return isAsked ? ids : undefined;
  }

  async #channelIds(conditions: Condition[]): Promise<Set<string>> {
    let wanted: Set<string> | undefined;
    const unwanted = new Set<string>();
    for (const one of conditions) {
      if (one.kind !== "in") continue;
      const into = one.isNegated ? unwanted : (wanted ??= new Set());
      for (const id of await this.#place(one.name)) into.add(id);
    }
    const ids = this.channels.map(({ _id }) => _id.toHexString());
    return new Set(ids.filter((id) => (!wanted || wanted.has(id)) && !unwanted.has(id)));
  }

  /** The channels of a name, or the direct message with a person. @throws invalid_request */
  async #place(name: string): Promise<string[]> {
    const bare = name.replace(/^#/, "").toLowerCase();
    const found = name.startsWith("@")
      ? []
      : this.channels.filter((channel) => channel.name === bare || channel._id.toHexString() === bare);
    if (found.length > 0) return found.map(({ _id }) => _id.toHexString());
    if (name.startsWith("#") || isId(bare)) throw badQuery(`in: you are in no channel called ${quoted(bare)}.`);
    const people = name.toLowerCase() === "me" ? [this.userId.toHexString()] : await findPeople("in", name);
    const me = this.userId.toHexString();
    const keys = new Set(people.map((id) => [...new Set([id, me])].sort().join(",")));
    return this.channels.filter(({ dmKey }) => dmKey && keys.has(dmKey)).map(({ _id }) => _id.toHexString());
  }

  async #spans(conditions: Condition[]): Promise<{ span: Span; unwantedSpans: Span[] }> {
    const dated = conditions.flatMap((one) =>
      one.kind === "before" || one.kind === "after" || one.kind === "on" ? [one] : [],
    );
    if (dated.length === 0) return { span: always, unwantedSpans: [] };
    const { timezone } = (await findUser(this.userId)).preferences;
    const spanOf = ({ kind, day }: (typeof dated)[number]): Span => ({
      from: kind === "before" ? -Infinity : kind === "on" ? dayStart(day, timezone) : dayEnd(day, timezone),
      to: kind === "after" ? Infinity : kind === "on" ? dayEnd(day, timezone) : dayStart(day, timezone),
    });
    const wanted = dated.filter(({ isNegated }) => !isNegated).map(spanOf);
    return {
      span: {
        from: Math.max(...wanted.map(({ from }) => from), -Infinity),
        to: Math.min(...wanted.map(({ to }) => to), Infinity),
      },
      unwantedSpans: dated.filter(({ isNegated }) => isNegated).map(spanOf),
    };
  }

  async #savedIds(conditions: Condition[]): Promise<Set<string>> {
    if (!conditions.some(({ kind }) => kind === "saved")) return new Set();
    const bookmarks = await BookmarkModel.find({ userId: this.userId }, { messageId: 1 }).lean();
    return new Set(bookmarks.map(({ messageId }) => messageId.toHexString()));
  }
}
