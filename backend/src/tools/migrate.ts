import { migrations, migrationState } from "../migrations";
import { demandTransactions } from "./open-database";
import { prepareCollections, runMigrations } from "./prepare-database";
import { print, runDatabaseTool, type DatabaseCall } from "./run-tool";

async function printStatus({ db }: DatabaseCall): Promise<number> {
  const { done, pending, unknown, place } = await migrationState(db, migrations);
  for (const { name, at } of done)
    print(`${name}  done ${at.toISOString()}${unknown.includes(name) ? "  (by a newer version)" : ""}`);
  for (const name of pending)
    print(`${name}  pending${place?.migration === name ? `, begun: ${place.documents} documents so far` : ""}`);
  return 0;
}

/** What a deployment runs before the new tasks take traffic. */
runDatabaseTool(
  { usage: "npm run db:migrate [-- --status]", options: { status: { type: "boolean" } } },
  async (call) => {
    if (call.values["status"]) return printStatus(call);
    await demandTransactions(call);
    await prepareCollections(call);
    const done = await runMigrations(call);
    print(done.length > 0 ? `Migrated: ${done.join(", ")}.` : "Nothing to migrate.");
    return 0;
  },
);
