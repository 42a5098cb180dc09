import mongoose from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import { NotificationModel, type NotificationDocument } from "./notifications.model";

/** Somebody may read, be mailed or be pushed meanwhile: so often it is tried again. */
const attempts = 5;

/** How a notice was found, and what becomes of it. */
interface Change {
  known: NotificationDocument | undefined;
  next: NotificationDocument;
}

const placeOf = ({ userId, key }: Pick<NotificationDocument, "userId" | "key">): string =>
  `${userId.toHexString()} ${key}`;

/**
 * While a notice is unread it grows by what is new, otherwise it begins anew; `null`: all of it was told before.
 * @param rows in the order in which they were said; the feed has them in that of their latest changes
 */
function changeOf(known: NotificationDocument | undefined, rows: NotificationDocument[]): Change | null {
  const news = rows.filter(({ seq }) => seq > (known?.seq ?? 0));
  const [first, latest] = [news[0], news.at(-1)];
  if (!first || !latest) return null;
  const begun = { ...latest, count: news.length, firstSeq: first.seq };
  if (!known) return { known, next: begun };
  if (known.isRead) return { known, next: { ...begun, _id: known._id } };
  const { messageId, actorId, seq, at } = latest;
  const next = {
    ...known,
    ...{ messageId, actorId, seq, at },
    count: known.count + news.length,
    // The first unread one decides when it is pushed and mailed: a lively conversation must not put that off for ever.
    pushAt: known.pushAt ?? latest.pushAt,
    mailAt: known.mailAt ?? latest.mailAt,
  };
  return { known, next };
}

const writeOf = ({ known, next }: Change) =>
  known
    ? {
        replaceOne: {
          // Whoever reads, mails or pushes it beside this changes one of these.
          filter: {
            _id: known._id,
            seq: known.seq,
            isRead: known.isRead,
            pushAt: known.pushAt,
            mailAt: known.mailAt,
          },
          replacement: next,
        },
      }
    : { insertOne: { document: next } };

/** @returns whether all of them were as they had been found */
async function apply(changes: Change[]): Promise<boolean> {
  try {
    const done = await NotificationModel.collection.bulkWrite(changes.map(writeOf), { ordered: false });
    return done.matchedCount + done.insertedCount === changes.length;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoBulkWriteError && isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Adds messages to the notices of their conversations and threads, for many people at once. @returns those that it changed */
export async function foldNotices(rows: NotificationDocument[]): Promise<NotificationDocument[]> {
  if (rows.length === 0) return [];
  const places = new Map<string, NotificationDocument[]>();
  for (const row of rows.toSorted((a, b) => a.seq - b.seq))
    places.set(placeOf(row), [...(places.get(placeOf(row)) ?? []), row]);
  const where = {
    userId: { $in: [...new Map(rows.map(({ userId }) => [userId.toHexString(), userId])).values()] },
    key: { $in: [...new Set(rows.map(({ key }) => key))] },
  };
  const changed = new Map<string, NotificationDocument>();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const known = new Map((await NotificationModel.find(where).lean()).map((row) => [placeOf(row), row]));
    // What an earlier attempt has done is told already, and not done again.
    const changes = [...places].flatMap(([place, own]) => changeOf(known.get(place), own) ?? []);
    for (const { next } of changes) changed.set(placeOf(next), next);
    if (changes.length === 0 || (await apply(changes))) return [...changed.values()];
  }
  throw new Error("The notices of a conversation changed whenever they were to be written.");
}
