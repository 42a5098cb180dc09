export type { MongoServer, MongoServerOptions } from "./server";
export { startMongoServer } from "./server";
export { isFailedCommit } from "./storage/lmdb-store";
