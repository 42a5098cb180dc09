export type { MongoServer, MongoServerOptions } from "./server";
export { startMongoServer } from "./server";
