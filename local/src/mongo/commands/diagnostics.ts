import { ObjectId } from "bson";
import type { Doc, Value } from "../bson/values";
import { maxDocumentBytes } from "../bson/encode";
import { CommandError } from "../errors";
import { maxMessageBytes } from "../wire";
import type { Call, Command } from "./call";
import { findCollection, namespaceOf } from "./call";
import { maxBatch } from "./writes";

/** The MongoDB version this server answers like. */
export const version = "8.0.0";

function hello(call: Call): Doc {
  const { address } = call.services;
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: "rs0",
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    electionId: new ObjectId("7fffffff0000000000000001"),
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: maxBatch,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
    ok: 1,
  };
}

/**
 * Without a `topologyVersion` in the answer, drivers ask again every ten seconds instead of waiting for a stream of
 * answers: the topology never changes, so there is nothing to stream.
 */
const greeting: Command = {
  fields: [
    "client",
    "compression",
    "helloOk",
    "saslSupportedMechs",
    "speculativeAuthenticate",
    "loadBalanced",
    "forShell",
    "backpressure",
  ],
  run: hello,
};

const answer = (fields: readonly string[], run: (call: Call) => Doc): Command => ({ fields, run });
const ok = { ok: 1 };

const buildInfo = answer([], () => ({
  version,
  versionArray: [8, 0, 0, 0],
  gitVersion: "none",
  modules: [],
  storageEngines: ["lmdb"],
  maxBsonObjectSize: maxDocumentBytes,
  bits: 64,
  debug: false,
  ...ok,
}));

const getParameter = answer(["featureCompatibilityVersion", "authenticationMechanisms", "allParameters"], (call) => {
  if ("featureCompatibilityVersion" in call.command) return { featureCompatibilityVersion: { version: "8.0" }, ...ok };
  throw new CommandError(72, "no option found to get");
});

function collectionStats(call: Call): Doc {
  const collection = findCollection(call, namespaceOf(call));
  const count = collection ? call.reader.count(collection.prefix, collection.end) : 0;
  return { ns: namespaceOf(call), count, nindexes: (collection?.indexes.length ?? -1) + 1, ...ok };
}

function configureFailPoint(call: Call): Doc {
  call.services.failPoint.configure(call.command);
  return ok;
}

/** Commands MongoDB has and this server refuses, with what a client may read as the reason. */
const refused = [
  "collMod",
  "mapReduce",
  "renameCollection",
  "convertToCapped",
  "cloneCollectionAsCapped",
  "compact",
  "reIndex",
  "validate",
  "createUser",
  "updateUser",
  "dropUser",
  "usersInfo",
  "createRole",
  "dropRole",
  "saslStart",
  "saslContinue",
  "authenticate",
  "createSearchIndexes",
  "dropSearchIndex",
  "updateSearchIndex",
  "shardCollection",
  "enableSharding",
  "replSetGetStatus",
  "replSetGetConfig",
  "dbStats",
  "top",
  "currentOp",
  "killOp",
  "fsync",
  "setParameter",
  "profile",
  "hostInfo",
  "dataSize",
  "listCommands",
];

const refuse = (name: string): Command => ({
  fields: [],
  run() {
    throw new CommandError(115, `${name} is not supported by this server`);
  },
});

const refusals: Record<string, Command> = Object.fromEntries(refused.map((name) => [name, refuse(name)]));

export const diagnosticCommands: Record<string, Command> = {
  ...refusals,
  hello: greeting,
  isMaster: greeting,
  ismaster: greeting,
  ping: answer([], () => ok),
  buildInfo,
  buildinfo: buildInfo,
  getParameter,
  connectionStatus: answer(["showPrivileges"], () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
    ...ok,
  })),
  serverStatus: answer(["repl", "metrics", "locks"], (call) => ({
    host: call.services.address,
    version,
    process: "mongod",
    pid: process.pid,
    uptime: process.uptime(),
    localTime: new Date(),
    mem: { resident: Math.round(process.memoryUsage().rss / 1_048_576) },
    metrics: { cursor: { open: { total: call.services.cursors.size } } },
    ...ok,
  })),
  collStats: answer(["scale"], collectionStats),
  whatsmyuri: answer([], (call) => ({ you: call.services.address, ...ok })),
  configureFailPoint: answer(["mode", "data"], configureFailPoint),
  getLog: answer([], () => ({ totalLinesWritten: 0, log: [] as Value[], ...ok })),
};
