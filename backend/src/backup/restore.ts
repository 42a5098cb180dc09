import path from "node:path";
import type mongoose from "mongoose";
import { createIndexes } from "../db/create-indexes";
import { beginRestore, endRestore, findUnfinishedRestore } from "../db/unfinished-restore";
import type { FileStorage } from "../files-storage/file-storage";
import { migrate, migrations } from "../migrations";
import { allModels } from "../models";
import { endSignIns } from "./end-sign-ins";
import type { Manifest } from "./manifest";
import { restoreCollection, verifyCollection } from "./restore-collection";
import { restoreFiles } from "./restore-files";
import { clear, contentsOf } from "./restore-target";
import { BackupProblem, verifyBackup } from "./verify-backup";

type Db = mongoose.mongo.Db;

export interface RestoreOptions {
  /** What is there may go. */
  isReplacing?: boolean | undefined;
  signal?: AbortSignal | undefined;
  say?: ((line: string) => void) | undefined;
}

/** @throws BackupProblem when there is something that may not go */
async function makeRoom(db: Db, backup: string, { isReplacing, say }: RestoreOptions): Promise<void> {
  const unfinished = await findUnfinishedRestore(db);
  const contents = unfinished ? [] : await contentsOf(db);
  const list = contents.map(({ name, documents }) => `  ${name}: ${documents} documents`).join("\n");
  if (contents.length > 0 && !isReplacing)
    throw new BackupProblem(`The database is not empty:\n${list}\nWith --replace all of that is removed first.`);
  if (contents.length > 0) say?.(`Removing what is there:\n${list}`);
  if (unfinished) say?.(`A restore of ${unfinished} was broken off here; beginning anew.`);
  await beginRestore(db, backup);
  await clear(db);
}

/** Models bring their own indexes; of collections that none speaks of the backup tells. */
async function restoreIndexes(db: Db, { collections }: Manifest): Promise<void> {
  const known = new Set(allModels().map(({ collection }) => collection.collectionName));
  for (const { name, indexes } of collections)
    if (!known.has(name) && indexes.length > 0)
      await db
        .collection(name)
        .createIndexes(
          indexes.map(
            (index) => ({ name: index.name, key: index.key, ...index.options }) as mongoose.mongo.IndexDescription,
          ),
        );
  await createIndexes(db);
}

/**
 * Puts a backup into a database and a file storage: all of it is verified first, then the documents are put in and read once more
 * (before indexes, of which some remove what has expired, and migrations change them), and so are the files. Everybody signs in anew. Until it is finished a
 * mark in the database keeps the API from serving half of it; what is broken off is repeated from the beginning. @throws BackupProblem
 */
export async function restore(
  { db, storage }: { db: Db; storage: FileStorage },
  folder: string,
  options: RestoreOptions = {},
): Promise<Manifest> {
  const { signal, say } = options;
  const manifest = await verifyBackup(folder, signal);
  await makeRoom(db, path.basename(path.resolve(folder)), options);
  const onProgress = (collection: string, documents: number) => say?.(`${collection}: ${documents} documents so far`);
  for (const collection of manifest.collections) {
    await restoreCollection(db, folder, collection, { signal, onProgress });
    await verifyCollection(db, collection, signal);
  }
  await restoreIndexes(db, manifest);
  await migrate(db, migrations, { ...(signal && { signal }), onDone: (name) => say?.(`${name}: done`) });
  const { tokens } = await endSignIns(db);
  if (tokens > 0)
    say?.(`${tokens} personal access tokens are good again: those revoked since have to be revoked anew.`);
  const { files } = manifest;
  await restoreFiles(storage, folder, files, {
    signal,
    onProgress: (count) => say?.(`${count} of ${files.length} files so far`),
  });
  await endRestore(db);
  return manifest;
}
