import type { ChannelFile, FileVariant } from "@connectbest/contract";
import { thumbnailKey } from "../../files-storage/file-storage";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { contentDisposition } from "../../http/content-disposition";
import type { Download } from "../../http/download";
import { conflict, forbidden, notFound } from "../../http/errors";
import type { Redirect } from "../../http/handle";
import { findJoinedChannel } from "../channels/channel-access";
import { MemberModel } from "../channels/members.model";
import { addressLife, contentAddress, demandSignature } from "./content-address";
import { isShown } from "./file-kind";
import type { FilesContext } from "./files-context";
import { FileModel, type FileDocument } from "./files.model";
import { canDelete, canRead, type Standing } from "./files.policy";
import { presentChannelFile } from "./files.presenter";

async function standingOf(file: FileDocument, { userId, role }: Actor): Promise<Standing> {
  const isAttached = file.uses.length > 0;
  const channelIds = file.uses.map(({ channelId }) => channelId);
  const membership = isAttached && (await MemberModel.exists({ userId, channelId: { $in: channelIds } }));
  return { isOwner: file.ownerId.equals(userId), isAttached, isInChannel: Boolean(membership), role };
}

const findReady = (id: string): Promise<FileDocument | null> => FileModel.findOne({ _id: id, status: "ready" }).lean();

/** A file that somebody may see. @throws not_found, for what does not exist and what they may not see alike */
async function findReadable(id: string, actor: Actor): Promise<{ file: FileDocument; standing: Standing }> {
  const file = await findReady(id);
  const standing = file && (await standingOf(file, actor));
  if (!standing || !canRead(standing)) throw notFound("This file");
  return { file, standing };
}

/** What a file, or its small picture, is sent as. */
function showing(file: FileDocument, variant: FileVariant) {
  if (variant === "thumbnail")
    return { key: thumbnailKey(file.key), type: "image/webp", fileName: `${file.name}.webp`, isInline: true };
  return { key: file.key, type: file.type, fileName: file.name, isInline: isShown(file.type) };
}

/** A file never changes, but who may read it does: nothing is kept for longer than its address is good. */
const cacheControl = `private, max-age=${addressLife}`;
/** The way to it is kept a little shorter, so that the address is still good when it is used. */
const redirectCacheControl = `private, max-age=${addressLife - 60}`;

export async function locate(
  actor: Actor,
  id: string,
  variant: FileVariant,
  { storage, config }: FilesContext,
): Promise<Redirect> {
  const { file } = await findReadable(id, actor);
  if (variant === "thumbnail" && !file.hasThumbnail) throw notFound("This picture");
  const { key, type, fileName, isInline } = showing(file, variant);
  const disposition = contentDisposition(isInline ? "inline" : "attachment", fileName);
  const url = await storage.signedUrl(key, { seconds: addressLife, type, disposition, cacheControl });
  return { location: url ?? contentAddress(id, variant, config), cacheControl: redirectCacheControl };
}

/** The bytes, for whoever has an address that `locate` gave. */
export async function content(
  fileId: string,
  query: { variant: FileVariant; expires: number; signature: string },
  { storage, config }: FilesContext,
): Promise<Download> {
  demandSignature({ fileId, ...query }, config);
  const file = await findReady(fileId);
  if (!file || (query.variant === "thumbnail" && !file.hasThumbnail)) throw notFound("This file");
  const { key, type, fileName, isInline } = showing(file, query.variant);
  const size = query.variant === "thumbnail" ? file.storedBytes - file.size : file.size;
  return {
    contentType: type,
    fileName,
    isInline,
    cacheControl,
    body: { size, open: (range) => storage.get(key, range) },
  };
}

/** @throws not_found, forbidden, conflict for one that a message shows */
export async function remove(actor: Actor, id: string): Promise<void> {
  const { file, standing } = await findReadable(id, actor);
  if (!canDelete(standing)) throw forbidden("Only whoever uploaded a file can delete it.");
  const gone = await FileModel.updateOne(
    { _id: file._id, status: "ready", uses: { $size: 0 } },
    { $set: { status: "removing", removeAt: new Date() } },
  );
  if (gone.matchedCount === 0) throw conflict("A message shows this file. Delete the message instead.");
}

export async function listOfChannel(
  actor: Actor,
  channelId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ files: ChannelFile[]; nextCursor: string | null }> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  const order = { by: "attachedAt", direction: -1 } as const;
  const { found, nextCursor } = await findDatePage(FileModel, { "uses.channelId": channel._id }, order, page);
  return {
    files: found.flatMap((file) => presentChannelFile(file, channel._id) ?? []),
    nextCursor,
  };
}
