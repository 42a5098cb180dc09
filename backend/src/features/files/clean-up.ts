import type { Logger } from "pino";
import { inTransaction } from "../../db/transaction";
import { thumbnailKey, type FileStorage } from "../../files-storage/file-storage";
import type { IncomingFiles } from "../../files-storage/incoming-files";
import { FileModel, type FileDocument } from "./files.model";
import { giveRoomBack } from "./quota";

/** Milliseconds between looks for what is due. */
const interval = 60_000;
/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 10 * 60_000;
/** No upload lasts so long: a temporary file that is older is of a process that is no more. */
const longestUpload = 60 * 60_000;

/**
 * Removes files that were never sent, whose messages are deleted, or whose upload broke off: their bytes, then what is known
 * of them. Every process does it, each file is taken by one of them at a time; what fails is tried again.
 */
export class FilesCleanUp {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopping = false;

  constructor(
    readonly storage: FileStorage,
    readonly incoming: IncomingFiles,
    readonly logger: Logger,
  ) {}

  start(): void {
    this.#isStopping = false;
    this.#timer = setInterval(() => void this.run(), interval);
    this.#timer.unref();
    void this.run();
  }

  /** Takes no further file; resolves when what is under way is done. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopping = true;
    await this.#running;
  }

  /** Removes everything that is due now. */
  run(): Promise<void> {
    this.#running ??= this.#sweep().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #sweep(): Promise<void> {
    try {
      await this.incoming.removeOlderThan(new Date(Date.now() - longestUpload));
      while (!this.#isStopping) {
        const file = await this.#take();
        if (!file) return;
        await this.#remove(file);
      }
    } catch (error) {
      // The database or the storage is away; the next look will tell.
      this.logger.warn({ err: error }, "files could not be cleaned up");
    }
  }

  /** Whoever takes one marks it: no message can claim it any more. */
  #take(): Promise<FileDocument | null> {
    const now = Date.now();
    return FileModel.findOneAndUpdate(
      { removeAt: { $lte: new Date(now) } },
      { $set: { status: "removing", removeAt: new Date(now + lease) } },
      { sort: { removeAt: 1 }, returnDocument: "after" },
    ).lean();
  }

  async #remove({ _id, key, hasThumbnail, storedBytes }: FileDocument): Promise<void> {
    if (hasThumbnail) await this.storage.delete(thumbnailKey(key));
    await this.storage.delete(key);
    await inTransaction(async (session) => {
      const { deletedCount } = await FileModel.deleteOne({ _id }, { session });
      if (deletedCount > 0) await giveRoomBack(storedBytes, session);
    });
  }
}
