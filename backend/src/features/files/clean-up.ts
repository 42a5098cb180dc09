import type { Logger } from "pino";
import { inTransaction } from "../../db/transaction";
import { thumbnailKey, type FileStorage } from "../../files-storage/file-storage";
import type { IncomingFiles } from "../../files-storage/incoming-files";
import { Worker } from "../../jobs/worker";
import { FileModel, type FileDocument } from "./files.model";
import { giveRoomBack } from "./quota";

/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 10 * 60_000;
/** No upload lasts so long: a temporary file that is older is of a process that is no more. */
const longestUpload = 60 * 60_000;

/** Whoever takes one marks it: no message can claim it any more. */
function takeNext(): Promise<FileDocument | null> {
  const now = Date.now();
  return FileModel.findOneAndUpdate(
    { removeAt: { $lte: new Date(now) } },
    { $set: { status: "removing", removeAt: new Date(now + lease) } },
    { sort: { removeAt: 1 }, returnDocument: "after" },
  ).lean();
}

async function remove({ _id, key, hasThumbnail, storedBytes }: FileDocument, storage: FileStorage): Promise<void> {
  if (hasThumbnail) await storage.delete(thumbnailKey(key));
  await storage.delete(key);
  await inTransaction(async (session) => {
    const { deletedCount } = await FileModel.deleteOne({ _id }, { session });
    if (deletedCount > 0) await giveRoomBack(storedBytes, session);
  });
}

/**
 * Removes files that were never sent, whose messages are deleted, or whose upload broke off: their bytes, then what is known
 * of them. What fails is tried again once its lease is over.
 */
export const filesCleanUp = (storage: FileStorage, incoming: IncomingFiles, logger: Logger): Worker =>
  new Worker(
    async () => {
      const file = await takeNext();
      if (file) await remove(file, storage);
      else await incoming.removeOlderThan(new Date(Date.now() - longestUpload));
      return file !== null;
    },
    { name: "files' clean-up", interval: 60_000 },
    logger,
  );
