import { Readable } from "node:stream";
import type { Channel, Message } from "@connectbest/contract";
import { ZipArchive } from "archiver";
import type { Actor } from "../../http/actor";
import type { Download } from "../../http/download";
import { record } from "../audit/audit.service";
import { loadMemberships, viewChannels } from "../channels/channel-views";
import { list as listBookmarks } from "../messages/bookmarks.service";
import { MessageModel } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import * as tokens from "../sessions/access-tokens.service";
import * as sessions from "../sessions/sessions.service";
import { presentMe } from "../users/users.presenter";
import { findFullUser } from "../users/users.service";
import { findImage } from "./avatars.service";
import { demandExportAllowance } from "./allowances";
import { exportParts, type ExportPart } from "./export-parts";
import { pageFoot, pageHead, pageMessage } from "./export-page";

/** Messages read at once. */
const batch = 500;

/** What one person wrote, oldest first, a batch at a time: however much it is, little of it is in memory. */
async function* messagesOf(actor: Actor): AsyncGenerator<Message[]> {
  // What the system noted of them they did not write; what they deleted is gone.
  const written = { userId: actor.userId, note: { $exists: false }, deletedAt: { $exists: false } };
  const ids = await MessageModel.find(written, { _id: 1 }).lean();
  const sorted = ids.map(({ _id }) => _id).sort((a, b) => (a.toHexString() < b.toHexString() ? -1 : 1));
  for (let start = 0; start < sorted.length; start += batch) {
    const found = await MessageModel.find({ _id: { $in: sorted.slice(start, start + batch) } }).lean();
    found.sort((a, b) => (a._id.toHexString() < b._id.toHexString() ? -1 : 1));
    yield await presentMessages(found);
  }
}

/** A JSON list, written as it is read. */
async function* jsonList(batches: AsyncIterable<Message[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const messages of batches)
    for (const message of messages) {
      yield separator + JSON.stringify(message);
      separator = ",\n";
    }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

const nameOf = (channel: Channel | undefined, me: string): string => {
  if (!channel) return "a conversation you have left";
  if (channel.name !== null) return `#${channel.name}`;
  const others = (channel.participants ?? []).filter(({ id }) => id !== me).map(({ name }) => name);
  return others.join(", ") || "yourself";
};

async function* htmlPage(
  name: string,
  me: string,
  channels: Channel[],
  batches: AsyncIterable<Message[]>,
): AsyncGenerator<string> {
  const byId = new Map(channels.map((channel) => [channel.id, nameOf(channel, me)]));
  yield pageHead(name);
  for await (const messages of batches)
    for (const message of messages) yield pageMessage(message, byId.get(message.channelId) ?? nameOf(undefined, me));
  yield pageFoot;
}

/** All of them, a page at a time. */
async function bookmarksOf(actor: Actor): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let cursor: string | undefined; ;) {
    const { bookmarks, nextCursor } = await listBookmarks(actor, { limit: batch, cursor });
    found.push(...bookmarks);
    if (!nextCursor) return found;
    cursor = nextCursor;
  }
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function* jsonOf(actor: Actor, part: ExportPart): AsyncGenerator<string> {
  yield pretty(await part(actor));
}

/** Everything of one's own, as a ZIP that is made while it is sent: JSON for programs, a page for reading. */
export async function exportMe(actor: Actor): Promise<Download> {
  await demandExportAllowance(actor.userId.toHexString());
  const me = presentMe(await findFullUser(actor.userId));
  const mine = await loadMemberships(actor.userId);
  const memberOf = new Map(mine.map(({ channel, member }) => [channel, member]));
  const channels = await viewChannels(
    mine.map(({ channel }) => channel),
    (channel) => memberOf.get(channel) ?? null,
  );
  const image = await findImage(actor.userId);
  await record({ kind: "data_exported", actor, target: actor.userId.toHexString(), ip: actor.ip });
  const archive = new ZipArchive({ zlib: { level: 6 } });
  /** A part that cannot be read ends the whole: half an export must not look like one. */
  const append = (name: string, part: AsyncIterable<string>) => {
    const source = Readable.from(part);
    source.on("error", (error) => archive.destroy(error));
    archive.append(source, { name });
  };
  archive.append(pretty(me), { name: "profile.json" });
  archive.append(pretty(channels), { name: "channels.json" });
  archive.append(pretty((await sessions.list(actor)).sessions), { name: "sessions.json" });
  archive.append(pretty((await tokens.list(actor)).tokens), { name: "access-tokens.json" });
  append("bookmarks.json", jsonOf(actor, bookmarksOf));
  for (const [name, part] of exportParts()) append(name, jsonOf(actor, part));
  append("messages.json", jsonList(messagesOf(actor)));
  append("index.html", htmlPage(me.name, me.id, channels, messagesOf(actor)));
  if (image) archive.append(image, { name: "avatar.webp" });
  // Whoever reads the archive hears of its errors; without this an early one would end the process.
  archive.on("error", () => undefined);
  archive.finalize().catch((error: Error) => archive.destroy(error));
  return { contentType: "application/zip", body: archive, fileName: `connectbest-${me.username}.zip` };
}
