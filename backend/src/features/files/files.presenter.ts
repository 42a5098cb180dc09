import type { ChannelFile, File } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Attachment, FileDocument } from "./files.model";

/** What a message keeps of a file. */
export const attachmentOf = (file: FileDocument): Attachment => ({
  id: file._id,
  name: file.name,
  size: file.size,
  type: file.type,
  width: file.width,
  height: file.height,
  hasThumbnail: file.hasThumbnail,
});

export function presentFile({ id, name, size, type, width, height, hasThumbnail }: Attachment): File {
  const url = `/api/files/${id.toHexString()}`;
  return {
    id: id.toHexString(),
    name,
    size,
    type,
    url,
    thumbnailUrl: hasThumbnail ? `${url}/thumbnail` : null,
    width,
    height,
  };
}

/** `null`: the channel shows it no more. */
export function presentChannelFile(file: FileDocument, channelId: Types.ObjectId): ChannelFile | null {
  const use = file.uses.find((one) => one.channelId.equals(channelId));
  if (!use || !file.attachedAt) return null;
  return {
    ...presentFile(attachmentOf(file)),
    userId: file.ownerId.toHexString(),
    messageId: use.messageId.toHexString(),
    createdAt: file.attachedAt.toISOString(),
  };
}
