import { demandTransactions } from "./open-database";
import { prepareCollections, runMigrations } from "./prepare-database";
import { print, runDatabaseTool } from "./run-tool";

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** Makes the collections and indexes that are missing and runs the migrations that are not done: as often as you like. */
runDatabaseTool({ usage: "npm run db:init" }, async (call) => {
  await demandTransactions(call);
  const prepared = await prepareCollections(call);
  const made = prepared.filter(({ isNew, made: indexes }) => isNew || indexes.length > 0);
  for (const { collection, isNew, made: indexes } of made)
    print(`${isNew ? "made" : "added to"} ${collection}${indexes.map((name) => `\n  index ${name}`).join("")}`);
  const migrated = await runMigrations(call);
  for (const name of migrated) print(`ran ${name}`);
  const indexes = prepared.flatMap(({ kept }) => kept).length;
  const collections = prepared.filter(({ isNew }) => !isNew).length;
  print(
    `The database ${call.place} is ready: ${count(collections, "collection")} and ${count(indexes, "index", "indexes")} were there, ` +
      `${count(prepared.length - collections, "collection")} and ${count(prepared.flatMap((one) => one.made).length, "index", "indexes")} were made, ${count(migrated.length, "migration")} ran.`,
  );
  return 0;
});
