import type { ClientSession, Collection, Db, Document, FindCursor, MongoClient } from "mongodb";
import type { Entities } from "./match";
import { NotRunnable } from "./match";

/** Arguments of an operation, as the test file has them. */
export type Arguments = Record<string, unknown>;

/** The driver's methods take options this file passes on unread. */
type Options = Record<string, unknown>;

const without = (args: Arguments, ...names: string[]): Options =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));

const returning = (args: Arguments, ...names: string[]): Options => {
  const options = without(args, ...names);
  if (typeof options.returnDocument === "string") options.returnDocument = options.returnDocument.toLowerCase();
  return options;
};

type Run<T> = (target: T, args: Arguments) => unknown;

const onCollection: Record<string, Run<Collection>> = {
  find: (c, a) => c.find(a.filter as Document, without(a, "filter")).toArray(),
  findOne: (c, a) => c.findOne(a.filter as Document, without(a, "filter")),
  insertOne: (c, a) => c.insertOne(a.document as Document, without(a, "document")),
  insertMany: (c, a) => c.insertMany(a.documents as Document[], without(a, "documents")),
  updateOne: (c, a) => c.updateOne(a.filter as Document, a.update as Document, without(a, "filter", "update")),
  updateMany: (c, a) => c.updateMany(a.filter as Document, a.update as Document, without(a, "filter", "update")),
  replaceOne: (c, a) =>
    c.replaceOne(a.filter as Document, a.replacement as Document, without(a, "filter", "replacement")),
  deleteOne: (c, a) => c.deleteOne(a.filter as Document, without(a, "filter")),
  deleteMany: (c, a) => c.deleteMany(a.filter as Document, without(a, "filter")),
  findOneAndUpdate: (c, a) =>
    c.findOneAndUpdate(a.filter as Document, a.update as Document, returning(a, "filter", "update")),
  findOneAndReplace: (c, a) =>
    c.findOneAndReplace(a.filter as Document, a.replacement as Document, returning(a, "filter", "replacement")),
  findOneAndDelete: (c, a) => c.findOneAndDelete(a.filter as Document, without(a, "filter")),
  countDocuments: (c, a) => c.countDocuments(a.filter as Document, without(a, "filter")),
  estimatedDocumentCount: (c, a) => c.estimatedDocumentCount(a),
  count: (c, a) => c.count(a.filter as Document, without(a, "filter")),
  distinct: (c, a) => c.distinct(a.fieldName as string, a.filter as Document, without(a, "fieldName", "filter")),
  bulkWrite: (c, a) => c.bulkWrite(a.requests as Parameters<Collection["bulkWrite"]>[0], without(a, "requests")),
  listIndexes: (c, a) => c.listIndexes(a).toArray(),
  createIndex: (c, a) => c.createIndex(a.keys as Document as Record<string, 1>, without(a, "keys")),
  dropIndex: (c, a) => c.dropIndex(a.name as string, without(a, "name")),
  dropIndexes: (c, a) => c.dropIndexes(a),
};

const onDatabase: Record<string, Run<Db>> = {
  createCollection: async (db, a) => void (await db.createCollection(a.collection as string, without(a, "collection"))),
  dropCollection: async (db, a) => void (await db.dropCollection(a.collection as string, without(a, "collection"))),
  listCollections: (db, a) => db.listCollections(a.filter as Document, without(a, "filter")).toArray(),
  listCollectionNames: (db, a) => db.listCollections(a.filter as Document, { nameOnly: true }).toArray(),
  runCommand: (db, a) => db.command(a.command as Document, without(a, "command", "commandName")),
  modifyCollection: (db, a) => db.command({ collMod: a.collection, ...without(a, "collection", "session") }),
};

const onSession: Record<string, Run<ClientSession>> = {
  startTransaction: (session, a) => session.startTransaction(a),
  commitTransaction: async (session, a) => void (await session.commitTransaction(a)),
  abortTransaction: async (session, a) => void (await session.abortTransaction(a)),
  endSession: async (session) => void (await session.endSession()),
};

async function onAny(name: string, target: unknown, args: Arguments): Promise<unknown> {
  switch (name) {
    case "aggregate":
      return (target as Collection).aggregate(args.pipeline as Document[], without(args, "pipeline")).toArray();
    case "clientBulkWrite": {
      const models = (args.models as Record<string, Document>[]).map((model) => {
        const [[operation, fields] = ["", {}]] = Object.entries(model);
        return { name: operation, ...fields };
      });
      return (target as MongoClient).bulkWrite(
        models as unknown as Parameters<MongoClient["bulkWrite"]>[0],
        without(args, "models"),
      );
    }
    case "listDatabases":
      return (target as MongoClient).db("admin").admin().listDatabases(args);
    case "listDatabaseNames":
      return (target as MongoClient)
        .db("admin")
        .admin()
        .listDatabases({ ...args, nameOnly: true });
    case "createFindCursor": {
      const cursor = (target as Collection).find(args.filter as Document, without(args, "filter"));
      await cursor.hasNext();
      return cursor;
    }
    case "iterateUntilDocumentOrError":
      return (target as FindCursor).next();
    case "iterateOnce":
      return (target as FindCursor).tryNext();
    case "close":
      return void (await (target as FindCursor).close());
    default:
      throw new NotRunnable(`operation ${name}`);
  }
}

/** Runs an operation of the driver on an entity. */
export async function runOperation(
  name: string,
  target: unknown,
  given: Arguments,
  entities: Entities,
): Promise<unknown> {
  const args = { ...given };
  if (typeof args.session === "string") args.session = entities[args.session] ?? args.session;
  const collectionRun = onCollection[name];
  if (collectionRun) return collectionRun(target as Collection, args);
  const databaseRun = onDatabase[name];
  if (databaseRun) return databaseRun(target as Db, args);
  const sessionRun = onSession[name];
  if (sessionRun) return sessionRun(target as ClientSession, args);
  return onAny(name, target, args);
}
