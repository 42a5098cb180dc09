import mongoose from "mongoose";
import { releaseClosedConnections } from "../db/release-closed-connections";
import { UnfinishedRestore } from "../db/unfinished-restore";

const { MongoClient, MongoServerError, MongoServerSelectionError } = mongoose.mongo;

/** Milliseconds until a database that does not answer is given up. */
const patience = 5000;

/** What went wrong, in a sentence for whoever runs the program. */
export class ToolProblem extends Error {}

export interface OpenDatabase {
  client: mongoose.mongo.MongoClient;
  db: mongoose.mongo.Db;
  /** Where it is and its name, without who asks. */
  place: string;
}

const hostsOf = (uri: string): string => /^[^/]*\/\/(?:[^@/]*@)?([^/?]*)/.exec(uri)?.[1] ?? "";
const withoutSecrets = (text: string): string => text.replace(/\/\/[^@/\s]*@/g, "//…@");

/** By the server's code: Unauthorized, AuthenticationFailed, Atlas's own for the latter. */
const refusals = new Map<unknown, string>([
  [13, "The user of MONGODB_URI may not do this in this database; it needs the role readWrite and dbAdmin."],
  [18, "The database does not take the user and password of MONGODB_URI."],
  [8000, "The database does not take the user and password of MONGODB_URI."],
]);

/** What a driver's error means for whoever runs the program; others stay what they are. */
export function problemOf(error: unknown, uri: string): unknown {
  if (error instanceof UnfinishedRestore) return new ToolProblem(error.message);
  // The one that reads connection strings throws an error of its own of that name.
  if (error instanceof Error && error.name === "MongoParseError")
    return new ToolProblem(`MONGODB_URI: ${withoutSecrets(error.message)}`);
  const refusal = error instanceof MongoServerError ? refusals.get(error.code) : undefined;
  if (refusal) return new ToolProblem(refusal);
  if (!(error instanceof MongoServerSelectionError)) return error;
  // A server that is not of the replica set named is struck from the list.
  if (error.reason?.servers.size === 0)
    return new ToolProblem(`What answers at ${hostsOf(uri)} is not of the replica set that MONGODB_URI names.`);
  return new ToolProblem(
    `No database answers at ${hostsOf(uri)}. Start it (npm start runs the embedded one), or correct MONGODB_URI.`,
  );
}

/** @throws ToolProblem */
export async function openDatabase(uri: string): Promise<OpenDatabase> {
  releaseClosedConnections();
  try {
    const client = new MongoClient(uri, {
      serverSelectionTimeoutMS: patience,
      connectTimeoutMS: patience,
      heartbeatFrequencyMS: 3000,
      writeConcern: { w: "majority", journal: true },
    });
    await client.connect();
    const db = client.db();
    return { client, db, place: `${db.databaseName} at ${hostsOf(uri)}` };
  } catch (error) {
    throw problemOf(error, uri);
  }
}

/** Messages are written in transactions, which a server on its own refuses. @throws ToolProblem */
export async function demandTransactions({ db, place }: OpenDatabase): Promise<void> {
  const { setName, msg } = await db.command({ hello: 1 });
  if (setName || msg === "isdbgrid") return;
  throw new ToolProblem(
    `The database ${place} is a server on its own, without transactions. Start mongod with --replSet rs0 and run rs.initiate() once: a replica set of one is enough.`,
  );
}
