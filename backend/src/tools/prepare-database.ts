import { createIndexes, IndexConflict, type Prepared } from "../db/create-indexes";
import { refuseUnfinishedRestore } from "../db/unfinished-restore";
import { migrate, migrations, migrationState } from "../migrations";
import "../models";
import { ToolProblem } from "./open-database";
import { say, type DatabaseCall } from "./run-tool";

/** Collections and indexes, as the API makes them when it starts. @throws ToolProblem */
export async function prepareCollections({ db }: Pick<DatabaseCall, "db">): Promise<Prepared[]> {
  // Its collections would be in the way of the restore, and their indexes would remove what it has yet to verify.
  await refuseUnfinishedRestore(db);
  return createIndexes(db).catch((error: unknown) => {
    throw error instanceof IndexConflict ? new ToolProblem(error.message) : error;
  });
}

/** All that are not done, with a line for each batch and each migration. @returns the names of those done now */
export async function runMigrations({ db, signal }: Pick<DatabaseCall, "db" | "signal">): Promise<string[]> {
  const { unknown } = await migrationState(db, migrations);
  if (unknown.length > 0)
    say(`A newer version has written here (${unknown.join(", ")}); what it left can be read and written by this one.`);
  const done: string[] = [];
  await migrate(db, migrations, {
    signal,
    onBatch: ({ migration, documents }) => say(`${migration}: ${documents} documents so far`),
    onDone: (migration, documents) => {
      say(`${migration}: done, ${documents} documents`);
      done.push(migration);
    },
    onWait: () => say("Another process is migrating this database; waiting for it."),
  });
  return done;
}
