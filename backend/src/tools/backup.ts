import path from "node:path";
import { backUp } from "../backup/back-up";
import { keepLatest } from "../backup/keep-latest";
import type { DataConfig } from "../config";
import { createFileStorage } from "../files-storage/create-file-storage";
import { ToolProblem } from "./open-database";
import { print, problemLog, runDatabaseTool, say, type Call } from "./run-tool";

const usage = "npm run backup -- <folder> [--keep <how many>]";

function keepOf({ keep }: Call["values"]): number | undefined {
  if (keep === undefined) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(String(keep)))
    throw new ToolProblem("--keep takes how many backups are to be kept, 1 or more.");
  return Number(keep);
}

const place = ({ FILES_STORAGE, FILES_BUCKET, FILES_DIRECTORY }: DataConfig): string =>
  FILES_STORAGE === "s3" ? `in the bucket ${FILES_BUCKET}` : `in ${FILES_DIRECTORY}`;

/** Makes a backup of the database and the files, in a folder of its own within the one named. */
runDatabaseTool(
  { usage, options: { keep: { type: "string" } }, positionals: 1 },
  async ({ client, db, config, values, positionals: [parent = ""], signal }) => {
    const keep = keepOf(values);
    const storage = createFileStorage(config, problemLog());
    const source = { client, db, storage, version: config.BUILD_VERSION };
    const { folder, manifest } = await backUp(source, parent, { signal, say });
    const documents = manifest.collections.reduce((sum, one) => sum + one.documents, 0);
    print(
      `${folder}: ${documents} documents of ${manifest.collections.length} collections, ${manifest.files.length} files.`,
    );
    if (manifest.consistency === "none") say("Its collections are not of one moment: the database could not hold one.");
    if (manifest.missingFiles.length > 0)
      say(
        `The bytes of ${manifest.missingFiles.length} files were not ${place(config)}; manifest.json names them. Is that where the API keeps its files?`,
      );
    if (keep !== undefined)
      for (const name of await keepLatest(parent, keep, path.basename(folder)))
        print(`removed ${path.join(parent, name)}`);
    return 0;
  },
);
