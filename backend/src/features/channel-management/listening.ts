import { Types } from "mongoose";
import type { Logger } from "pino";
import { Worker } from "../../jobs/worker";
import { setListening } from "../../realtime/publish";
import { MemberModel } from "../channels/members.model";
import type { Changed } from "../messages/channel-feed";
import { ListeningJobModel } from "./listening-jobs.model";

/** Notes that tell of somebody's coming or going. */
const comings: ReadonlySet<string> = new Set(["joined", "added", "left", "removed"]);
/** Milliseconds until what failed is tried again. */
const rest = 10_000;

async function membersAmong(channelId: Types.ObjectId, userIds: string[]): Promise<Set<string>> {
  const members = await MemberModel.distinct("userId", { channelId, userId: { $in: userIds } });
  return new Set(members.map(String));
}

/** Lets the devices of these hear a channel exactly if they are in it, also when that changes meanwhile. */
async function level(channelId: Types.ObjectId, userIds: string[]): Promise<void> {
  for (let unsettled = userIds; unsettled.length > 0;) {
    const before = await membersAmong(channelId, unsettled);
    await Promise.all(unsettled.map((id) => setListening(id, channelId.toHexString(), before.has(id))));
    const after = await membersAmong(channelId, unsettled);
    unsettled = unsettled.filter((id) => before.has(id) !== after.has(id));
  }
}

async function tryLater(channelId: Types.ObjectId, userIds: string[]): Promise<void> {
  const dueAt = new Date(Date.now() + rest);
  await ListeningJobModel.bulkWrite(
    userIds.map((id) => ({
      updateOne: {
        filter: { _id: `${channelId.toHexString()} ${id}` },
        update: { $set: { channelId, userId: new Types.ObjectId(id), dueAt } },
        upsert: true,
      },
    })),
  );
}

/**
 * Who has left hears nothing more and who has come hears all, even if the process that saw to it died before, or the table of
 * connections is away, for however long. One of the consumers of the channels' feed.
 */
export async function settleListeners({ channel, since, messages }: Changed): Promise<void> {
  const concerned = messages.flatMap(({ seq, userId, note }) =>
    note && seq > since && comings.has(note.kind) ? String(note.userId ?? userId) : [],
  );
  const userIds = [...new Set(concerned)];
  await level(channel._id, userIds).catch(() => tryLater(channel._id, userIds));
}

/** Sees to what could not be seen to when it happened. */
export const listeningWorker = (logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = Date.now();
      const job = await ListeningJobModel.findOneAndUpdate(
        { dueAt: { $lte: new Date(now) } },
        { $set: { dueAt: new Date(now + rest) } },
        { sort: { dueAt: 1 }, returnDocument: "after" },
      ).lean();
      if (!job) return false;
      await level(job.channelId, [job.userId.toHexString()]);
      await ListeningJobModel.deleteOne({ _id: job._id, dueAt: job.dueAt });
      return true;
    },
    { name: "listening", interval: 2000 },
    logger,
  );
