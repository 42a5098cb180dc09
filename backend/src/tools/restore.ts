import { restore } from "../backup/restore";
import { BackupProblem, verifyBackup } from "../backup/verify-backup";
import { IndexConflict } from "../db/create-indexes";
import { createFileStorage } from "../files-storage/create-file-storage";
import { demandTransactions, ToolProblem } from "./open-database";
import { print, problemLog, runDatabaseTool, runTool, say, type Call } from "./run-tool";

const program = {
  usage: "npm run restore -- <backup> [--replace] [--verify-only]",
  options: { replace: { type: "boolean" }, "verify-only": { type: "boolean" } },
  positionals: 1,
} as const;

const asProblem = (error: unknown): never => {
  throw error instanceof BackupProblem || error instanceof IndexConflict ? new ToolProblem(error.message) : error;
};

async function verifyOnly({ positionals: [folder = ""], signal }: Call): Promise<number> {
  const { at, version, collections, files } = await verifyBackup(folder, signal).catch(asProblem);
  print(
    `${folder} is whole: made ${at} by version ${version}, ${collections.length} collections, ${files.length} files.`,
  );
  return 0;
}

/** Puts a backup into the database and the storage of files; with --verify-only it is only looked at, and no database is needed. */
if (process.argv.includes("--verify-only")) runTool(program, verifyOnly);
else
  runDatabaseTool(program, async (call) => {
    await demandTransactions(call);
    const { db, place, config, values, positionals, signal } = call;
    const [folder = ""] = positionals;
    const storage = createFileStorage(config, problemLog());
    const isReplacing = values["replace"] === true;
    const manifest = await restore({ db, storage }, folder, { isReplacing, signal, say }).catch(asProblem);
    const documents = manifest.collections.reduce((sum, one) => sum + one.documents, 0);
    print(`Restored ${documents} documents and ${manifest.files.length} files of ${manifest.at} into ${place}.`);
    if (manifest.missingFiles.length > 0)
      say(`The bytes of ${manifest.missingFiles.length} files were missing when the backup was made.`);
    return 0;
  });
