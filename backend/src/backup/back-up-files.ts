import mongoose from "mongoose";
import type { FileStorage } from "../files-storage/file-storage";
import { thumbnailKey } from "../files-storage/file-storage";
import { ApiError } from "../http/errors";
import { filePath, type BackedUpFile } from "./manifest";
import { store } from "./store";

interface StoredFile {
  key: string;
  type: string;
}

/** The files that a document of the collection `files` stands for. Those on their way or going have no bytes to be relied on. */
export function filesIn(bytes: Buffer): StoredFile[] {
  const { key, type, status, hasThumbnail } = mongoose.mongo.BSON.deserialize(bytes) as StoredFile & {
    status: string;
    hasThumbnail: boolean;
  };
  if (status !== "ready") return [];
  return [{ key, type }, ...(hasThumbnail ? [{ key: thumbnailKey(key), type: "image/webp" }] : [])];
}

const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.code === "not_found";

interface Options {
  signal?: AbortSignal | undefined;
  onProgress?: ((files: number) => void) | undefined;
}

/** Files never change under their key, so that they may be copied after the moment; one deleted meanwhile is missing. */
export async function backUpFiles(
  storage: FileStorage,
  files: StoredFile[],
  folder: string,
  { signal, onProgress }: Options,
): Promise<{ files: BackedUpFile[]; missing: string[] }> {
  const copied: BackedUpFile[] = [];
  const missing: string[] = [];
  for (const { key, type } of files) {
    signal?.throwIfAborted();
    try {
      copied.push({ key, type, ...(await store(folder, filePath(key), await storage.get(key), { signal })) });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      missing.push(key);
    }
    if (copied.length % 500 === 0) onProgress?.(copied.length);
  }
  return { files: copied, missing };
}
