import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StorageEngine } from "multer";
import { diskRefusal, isMissing } from "./disk-refusal";

type Sent = Parameters<StorageEngine["_handleFile"]>[1];
type Stored = Parameters<StorageEngine["_handleFile"]>[2];

/**
 * The folder in which files grow: uploads until it is known what they are, and what the disk driver has not yet complete.
 * multer's own engine leaves the beginning of a file behind when the disk is full; this one leaves nothing.
 */
export class IncomingFiles implements StorageEngine {
  constructor(readonly folder: string) {}

  /** A name of its own in the folder, which is made if need be. */
  async newPath(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return path.join(this.folder, randomUUID());
  }

  /**
   * Writes a stream to a new file; what breaks off is removed.
   * @param isDurable it is to outlive a loss of power
   * @throws unavailable
   */
  async write(body: Readable, { isDurable = false } = {}): Promise<{ path: string; size: number }> {
    // It may break off before anybody reads it; the pipeline then tells.
    body.on("error", () => undefined);
    let file: string | undefined;
    try {
      file = await this.newPath();
      const handle = await open(file, "wx", 0o600);
      const writer = handle.createWriteStream({ flush: isDurable });
      await pipeline(body, writer);
      return { path: file, size: writer.bytesWritten };
    } catch (error) {
      body.destroy();
      if (file) await this.remove(file);
      throw diskRefusal(error);
    }
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true }).catch(() => undefined);
  }

  /** Removes what processes left that are no more. */
  async removeOlderThan(moment: Date): Promise<void> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const name of names) {
      const file = path.join(this.folder, name);
      const found = await stat(file).catch(() => null);
      if (found?.isFile() && found.mtime < moment) await this.remove(file);
    }
  }

  /** multer's word for `write`. */
  _handleFile(_request: unknown, { stream }: Sent, done: Stored): void {
    this.write(stream).then((written) => done(null, written), done);
  }

  /** multer's word for `remove`. */
  _removeFile(_request: unknown, { path: file }: Sent, done: (error: Error | null) => void): void {
    this.remove(file).then(() => done(null), done);
  }
}
