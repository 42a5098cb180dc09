import { Types, type ClientSession } from "mongoose";
import { notFound } from "../../http/errors";
import { FileModel, type Attachment } from "./files.model";
import { attachmentOf } from "./files.presenter";

/** A file that was to be sent is attached to another message already, or gone. */
export class FilesTaken extends Error {
  override readonly name = "FilesTaken";

  /** @param messageId the message that wanted it */
  constructor(readonly messageId: Types.ObjectId) {
    super("A file of this message belongs to another message already, or is gone.");
  }
}

const unique = (fileIds: Types.ObjectId[]): Types.ObjectId[] =>
  [...new Set(fileIds.map((id) => id.toHexString()))].map((id) => new Types.ObjectId(id));

/**
 * The sender's own files as a message will show them, in the order given, each once. Whether one is attached already is not
 * asked here: a send that is repeated must come through (`claimFiles` tells). @throws not_found
 */
export async function loadAttachable(fileIds: string[], ownerId: Types.ObjectId): Promise<Attachment[]> {
  if (fileIds.length === 0) return [];
  const ids = [...new Set(fileIds)];
  const found = await FileModel.find({ _id: { $in: ids }, ownerId, status: "ready" }).lean();
  const byId = new Map(found.map((file) => [file._id.toHexString(), file]));
  return ids.map((id) => {
    const file = byId.get(id);
    if (!file) throw notFound("This file");
    return attachmentOf(file);
  });
}

/** What one message takes of its sender's files. */
export interface Claim {
  fileIds: Types.ObjectId[];
  ownerId: Types.ObjectId;
  messageId: Types.ObjectId;
  channelId: Types.ObjectId;
}

/**
 * Attaches files to messages, in the transaction that stores them: of two messages that want the same file one gets it, and
 * the clean-up cannot take it away meanwhile. @throws FilesTaken
 */
export async function claimFiles(claims: Claim[], session: ClientSession): Promise<void> {
  for (const { fileIds, ownerId, messageId, channelId } of claims) {
    const ids = unique(fileIds);
    if (ids.length === 0) continue;
    const { matchedCount } = await FileModel.updateMany(
      { _id: { $in: ids }, ownerId, status: "ready", uses: { $size: 0 } },
      { $set: { uses: [{ messageId, channelId }], attachedAt: new Date(), removeAt: null } },
      { session },
    );
    if (matchedCount < ids.length) throw new FilesTaken(messageId);
  }
}

/**
 * Forwarding: the channel's members may read the files too, for as long as the message that forwards them is there.
 * @param messageId the message that forwards them
 * @throws FilesTaken when one is gone
 */
export async function shareFiles(
  fileIds: Types.ObjectId[],
  channelId: Types.ObjectId,
  session: ClientSession,
  messageId: Types.ObjectId,
): Promise<void> {
  const ids = unique(fileIds);
  if (ids.length === 0) return;
  const { matchedCount } = await FileModel.updateMany(
    { _id: { $in: ids }, status: "ready", attachedAt: { $ne: null } },
    { $addToSet: { uses: { messageId, channelId } } },
    { session },
  );
  if (matchedCount < ids.length) throw new FilesTaken(messageId);
}

/** A message is deleted: what no other message shows is taken away soon. Doing it twice is doing it once. */
export async function releaseFiles(
  fileIds: Types.ObjectId[],
  messageId: Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  const ids = unique(fileIds);
  if (ids.length === 0) return;
  await FileModel.updateMany(
    { _id: { $in: ids }, "uses.messageId": messageId },
    { $pull: { uses: { messageId } } },
    { session },
  );
  await FileModel.updateMany(
    { _id: { $in: ids }, status: "ready", attachedAt: { $ne: null }, uses: { $size: 0 } },
    { $set: { status: "removing", removeAt: new Date() } },
    { session },
  );
}

/**
 * What is to be sent later must still be there: keeps unattached files at least until then. @throws not_found
 * @param until when it is sent; a day is added for sending that is late
 */
export async function keepFiles(
  fileIds: Types.ObjectId[],
  ownerId: Types.ObjectId,
  until: Date,
  session?: ClientSession,
): Promise<void> {
  const ids = unique(fileIds);
  if (ids.length === 0) return;
  const { matchedCount } = await FileModel.updateMany(
    { _id: { $in: ids }, ownerId, status: "ready", uses: { $size: 0 } },
    { $max: { removeAt: new Date(until.getTime() + unattachedFor) } },
    session ? { session } : {},
  );
  if (matchedCount < ids.length) throw notFound("This file");
}

/** How long a file waits to be sent, in milliseconds. */
export const unattachedFor = 24 * 3600 * 1000;
