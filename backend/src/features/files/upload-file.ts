import { createReadStream } from "node:fs";
import type { File } from "@connectbest/contract";
import { Types } from "mongoose";
import { inTransaction } from "../../db/transaction";
import { newKey, thumbnailKey, type FileStorage } from "../../files-storage/file-storage";
import type { Actor } from "../../http/actor";
import { ApiError, unauthenticated, unavailable } from "../../http/errors";
import type { Receive } from "../../http/handle";
import { receiveInto, type UploadOnDisk } from "../../http/upload";
import { unattachedFor } from "./attach";
import { discard, examine, type Examined } from "./examine";
import type { FilesContext } from "./files-context";
import { FileModel, type FileDocument } from "./files.model";
import { attachmentOf, presentFile } from "./files.presenter";
import { demandRoom, takeRoom } from "./quota";
import { demandUploadAllowance, giveUploadBack } from "./upload-allowance";

/** Takes an upload to the disk, unless it is known before that it will not be kept. */
export const receiveUpload =
  ({ incoming, config }: FilesContext): Receive<UploadOnDisk> =>
  async (request, response, maxBytes) => {
    const { actor } = response.locals;
    if (!actor) throw unauthenticated();
    await demandUploadAllowance(actor.userId.toHexString(), config.UPLOADS_PER_HOUR);
    await demandRoom(Math.min(Number(request.get("content-length") ?? 0), maxBytes), config.FILES_QUOTA_MB);
    return receiveInto(incoming)(request, response, maxBytes);
  };

/** Writes down that a file is coming, so that whatever becomes of it the clean-up knows of it, and takes its room. */
async function register(actor: Actor, examined: Examined, { config }: FilesContext): Promise<FileDocument> {
  const { name, type, size, width, height, thumbnail } = examined;
  const now = Date.now();
  const file: FileDocument = {
    _id: new Types.ObjectId(),
    ownerId: actor.userId,
    name,
    size,
    type,
    width,
    height,
    hasThumbnail: thumbnail !== null,
    key: newKey(),
    storedBytes: size + (thumbnail?.size ?? 0),
    status: "storing",
    uses: [],
    attachedAt: null,
    removeAt: new Date(now + unattachedFor),
    createdAt: new Date(now),
  };
  await inTransaction(async (session) => {
    await takeRoom(file.storedBytes, config.FILES_QUOTA_MB, session);
    await FileModel.create([file], { session });
  });
  return file;
}

async function store({ key, type }: FileDocument, examined: Examined, storage: FileStorage): Promise<void> {
  const { path, size, thumbnail } = examined;
  await storage.put(key, createReadStream(path), { type, size });
  if (!thumbnail) return;
  const about = { type: "image/webp", size: thumbnail.size };
  await storage.put(thumbnailKey(key), createReadStream(thumbnail.path), about);
}

async function keep(actor: Actor, examined: Examined, context: FilesContext): Promise<FileDocument> {
  const file = await register(actor, examined, context);
  try {
    await store(file, examined, context.storage);
  } catch (error) {
    // What may have been stored of it, and its room, are the clean-up's.
    await FileModel.updateOne({ _id: file._id }, { $set: { status: "removing", removeAt: new Date() } });
    throw error;
  }
  const ready = await FileModel.findOneAndUpdate(
    { _id: file._id, status: "storing" },
    { $set: { status: "ready" } },
    { returnDocument: "after" },
  ).lean();
  if (!ready) throw unavailable();
  return ready;
}

/** @throws too_large, unsupported_type, unavailable while files cannot be stored */
export async function uploadFile(actor: Actor, upload: UploadOnDisk, context: FilesContext): Promise<{ file: File }> {
  const { incoming, config } = context;
  try {
    const examined = await examine(upload, incoming);
    try {
      return { file: presentFile(attachmentOf(await keep(actor, examined, context))) };
    } finally {
      await discard(examined, incoming);
    }
  } catch (error) {
    if (error instanceof ApiError && error.code === "unavailable")
      await giveUploadBack(actor.userId.toHexString(), config.UPLOADS_PER_HOUR).catch(() => undefined);
    throw error;
  } finally {
    await incoming.remove(upload.path);
  }
}
