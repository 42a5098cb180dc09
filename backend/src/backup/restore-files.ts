import { createReadStream } from "node:fs";
import path from "node:path";
import type { FileStorage } from "../files-storage/file-storage";
import { filePath, type BackedUpFile } from "./manifest";
import { isSame, measure } from "./measure";
import { BackupProblem } from "./verify-backup";

interface Options {
  signal?: AbortSignal | undefined;
  onProgress?: ((files: number) => void) | undefined;
}

/** Puts every file in its place and reads it from there once more. @throws BackupProblem when it is not what the backup says */
export async function restoreFiles(
  storage: FileStorage,
  folder: string,
  files: BackedUpFile[],
  { signal, onProgress }: Options,
): Promise<void> {
  for (const [number, file] of files.entries()) {
    signal?.throwIfAborted();
    const body = createReadStream(path.join(folder, filePath(file.key)));
    await storage.put(file.key, body, { type: file.type, size: file.bytes });
    if (!isSame(file, await measure(await storage.get(file.key), signal)))
      throw new BackupProblem(`The file ${file.key} is not what the backup says. Restore again.`);
    if ((number + 1) % 500 === 0) onProgress?.(number + 1);
  }
}
