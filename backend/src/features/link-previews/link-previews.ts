import type { LinkPreview } from "@connectbest/contract";
import type { Logger } from "pino";
import { fingerprint } from "../../crypto/one-way";
import { ApiError } from "../../http/errors";
import { Worker } from "../../jobs/worker";
import type { GuardedFetch } from "../../outgoing/guarded-fetch";
import type { Changed } from "../messages/channel-feed";
import { changeMessage } from "../messages/change-message";
import { MessageModel } from "../messages/messages.model";
import { linksIn } from "./links-in";
import { PreviewJobModel, SeenPageModel } from "./preview-jobs.model";
import { readPage } from "./read-page";

/** How long one process may take over a message, in milliseconds, before another begins again. */
const lease = 60_000;
const mostAttempts = 3;
/** As much of a page as is read, in bytes: its head stands at the beginning. */
const pageLimit = 256 * 1024;

/** Puts messages with links into the line; an edited one comes again. Doing it twice is doing it once. */
export async function enqueuePreviews({ since, messages }: Changed): Promise<void> {
  for (const message of messages) {
    // Whatever else has changed of an edited one: its links are looked at again, and what was seen today is not asked for.
    const isNew = message.seq > since || message.editedAt !== undefined;
    if (message.deletedAt || message.note || message.previews || !isNew) continue;
    if (linksIn(message.content).length === 0) continue;
    await PreviewJobModel.updateOne(
      { _id: message._id },
      { $set: { dueAt: new Date(), attempts: 0 } },
      { upsert: true },
    );
  }
}

async function ask(url: string, guarded: GuardedFetch): Promise<LinkPreview | null> {
  const page = await guarded.fetch(url, {
    headers: { accept: "text/html", "user-agent": "ConnectBestChat-Preview/1.0" },
    redirects: 3,
    limit: pageLimit,
    isCut: true,
  });
  const type = String(page.headers["content-type"] ?? "");
  if (page.status !== 200 || !/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return null;
  const charset = /charset=["']?([\w-]+)/i.exec(type)?.[1] ?? "utf-8";
  return readPage(decode(page.body, charset), url);
}

function decode(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString();
  }
}

/** What a page says of itself; asked once a day, whoever links to it. */
async function previewOf(url: string, guarded: GuardedFetch): Promise<LinkPreview | null> {
  const _id = fingerprint(url);
  const seen = await SeenPageModel.findById(_id).lean();
  if (seen) return seen.preview;
  // A page that cannot be reached has nothing to say: that is nobody's fault, and not worth asking again at once.
  const preview = await ask(url, guarded).catch(() => null);
  await SeenPageModel.updateOne({ _id }, { $set: { preview, at: new Date() } }, { upsert: true });
  return preview;
}

/** Shows under a message what its links lead to. */
async function show(messageId: PreviewId, guarded: GuardedFetch): Promise<void> {
  const message = await MessageModel.findById(messageId).lean();
  if (!message || message.deletedAt) return;
  const links = linksIn(message.content);
  const previews = (await Promise.all(links.map((url) => previewOf(url, guarded)))).filter((one) => one !== null);
  if (previews.length === 0) return;
  await changeMessage(message, null, async (current) =>
    // Edited meanwhile: then it is in the line again.
    current.content === message.content && !current.previews ? { $set: { previews } } : null,
  );
}

type PreviewId = Parameters<typeof MessageModel.findById>[0];

export const previewWorker = (guarded: GuardedFetch, logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = Date.now();
      const job = await PreviewJobModel.findOneAndUpdate(
        { dueAt: { $lte: new Date(now) } },
        { $set: { dueAt: new Date(now + lease) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: "after" },
      ).lean();
      if (!job) return false;
      try {
        await show(job._id, guarded);
      } catch (error) {
        const isFinal = error instanceof ApiError && error.code !== "unavailable";
        if (!isFinal && job.attempts < mostAttempts) {
          logger.warn({ err: error, messageId: job._id.toHexString() }, "a link preview could not be shown");
          return true;
        }
      }
      await PreviewJobModel.deleteOne({ _id: job._id, dueAt: job.dueAt });
      return true;
    },
    { name: "link previews", interval: 1000, lanes: 2 },
    logger,
  );
