import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { Logger } from "pino";
import { notFound } from "../http/errors";
import { diskRefusal, isMissing } from "./disk-refusal";
import { demandKey, type ByteRange, type FileStorage } from "./file-storage";
import type { IncomingFiles } from "./incoming-files";

/** Makes the names in a folder outlive a loss of power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** A folder of this machine: for one computer, and for whoever mounts a volume. */
export class DiskStorage implements FileStorage {
  /**
   * @param folder where files stay
   * @param incoming where they grow; on the same volume, so that they can move whole
   */
  constructor(
    readonly folder: string,
    readonly incoming: IncomingFiles,
    readonly logger: Logger,
  ) {}

  /** In 256 folders, so that none gets too long. */
  #pathOf(key: string): string {
    return path.join(this.folder, demandKey(key).slice(0, 2), key);
  }

  async put(key: string, body: Readable): Promise<void> {
    const target = this.#pathOf(key);
    const { path: grown } = await this.#asking(() => this.incoming.write(body, { isDurable: true }));
    try {
      await this.#asking(() => this.#move(grown, target));
    } catch (error) {
      await this.incoming.remove(grown);
      throw error;
    }
  }

  async #move(grown: string, target: string): Promise<void> {
    const folder = path.dirname(target);
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made) await syncFolder(this.folder);
    await rename(grown, target);
    await syncFolder(folder);
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = this.#pathOf(key);
    const handle = await this.#asking(() =>
      open(file, "r").catch((error: unknown) => {
        throw isMissing(error) ? notFound("This file") : error;
      }),
    );
    return handle.createReadStream({ ...range });
  }

  async signedUrl(): Promise<null> {
    return null;
  }

  async delete(key: string): Promise<void> {
    const file = this.#pathOf(key);
    await this.#asking(() => rm(file, { force: true }));
  }

  /** Asks the disk; what it refuses is logged, and told in words for people. */
  async #asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const refusal = diskRefusal(error);
      if (refusal !== error) this.logger.error({ err: error }, "the disk refused a file");
      throw refusal;
    }
  }
}
