import type { ClientSession, Db, Document, MongoError } from "mongodb";
import { MongoClient } from "mongodb";
import { EJSON } from "bson";
import type { Entities } from "./match";
import { match, NotRunnable } from "./match";
import type { Arguments } from "./operations";
import { runOperation } from "./operations";

/** One operation of a test file. */
interface Operation {
  name: string;
  object: string;
  arguments?: Arguments;
  expectError?: Record<string, unknown>;
  expectResult?: unknown;
  saveResultAsEntity?: string;
  ignoreResultAndError?: boolean;
}

type Requirement = Record<string, unknown>;

interface CollectionData {
  databaseName: string;
  collectionName: string;
  documents: Document[];
  createOptions?: Document;
}

export interface Test {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Operation[];
  outcome?: CollectionData[];
}

/** A file of the unified test format. */
export interface TestFile {
  runOnRequirements?: Requirement[];
  createEntities?: Record<string, Document>[];
  initialData?: CollectionData[];
  tests: Test[];
}

const version = [8, 0, 0];
/** Longest time of one operation, in milliseconds. */
const operationTimeoutMs = 8000;

function compareVersion(text: unknown): number {
  const wanted = String(text).split(".").map(Number);
  for (const [i, part] of version.entries()) if (part !== (wanted[i] ?? 0)) return part - (wanted[i] ?? 0);
  return 0;
}

/** Why the requirements are not met by a replica set of version 8.0 without authentication; undefined when they are. */
export function unmetRequirement(requirements: Requirement[] | undefined): string | undefined {
  if (!requirements?.length) return undefined;
  const reasons = requirements.map((one) => {
    if (one.minServerVersion !== undefined && compareVersion(one.minServerVersion) < 0) return "needs a newer server";
    if (one.maxServerVersion !== undefined && compareVersion(one.maxServerVersion) > 0) return "is for older servers";
    if (Array.isArray(one.topologies) && !one.topologies.includes("replicaset")) return "is for another topology";
    if (one.auth === true) return "needs authentication";
    if (one.csfle !== undefined) return "needs client-side encryption";
    if (one.serverless === "require") return "needs a serverless deployment";
    if (one.serverParameters !== undefined) return "needs server parameters";
    return undefined;
  });
  return reasons.includes(undefined) ? undefined : reasons[0];
}

const transactionStates: Record<string, string> = {
  none: "NO_TRANSACTION",
  starting: "STARTING_TRANSACTION",
  in_progress: "TRANSACTION_IN_PROGRESS",
  committed: "TRANSACTION_COMMITTED",
  aborted: "TRANSACTION_ABORTED",
};
/** Assertions about what the driver does rather than about what the server answers. */
const driverAssertions = new Set([
  "assertSessionPinned",
  "assertSessionUnpinned",
  "assertSessionDirty",
  "assertSessionNotDirty",
  "assertSameLsidOnLastTwoCommands",
  "assertDifferentLsidOnLastTwoCommands",
  "assertEventCount",
  "waitForEvent",
]);

/** Runs test files against a server. */
export class SpecRunner {
  private opened: MongoClient[] = [];

  constructor(
    private readonly uri: string,
    private readonly admin: MongoClient,
  ) {}

  /** Runs one test. @throws Error when it fails, NotRunnable when it cannot be run. */
  async run(file: TestFile, test: Test): Promise<void> {
    const entities: Entities = {};
    try {
      await this.prepare(file.initialData ?? []);
      await this.create(file.createEntities ?? [], entities);
      for (const operation of test.operations) await limited(operation.name, this.operate(operation, entities));
      for (const data of test.outcome ?? []) await this.checkOutcome(data);
    } finally {
      await this.cleanUp(entities);
    }
  }

  private async prepare(initialData: CollectionData[]): Promise<void> {
    await this.admin.db("admin").command({ configureFailPoint: "failCommand", mode: "off" });
    await this.admin.db("admin").command({ killAllSessions: [] });
    for (const { databaseName, collectionName, documents, createOptions } of initialData) {
      const db = this.admin.db(databaseName);
      await db.dropCollection(collectionName);
      await db.createCollection(collectionName, createOptions ?? {});
      if (documents.length) await db.collection(collectionName).insertMany(documents);
    }
  }

  private async create(list: Record<string, Document>[], entities: Entities): Promise<void> {
    for (const entity of list) {
      const [[kind, spec] = ["", {} as Document]] = Object.entries(entity);
      if (kind === "client") entities[spec.id] = await this.connect(spec);
      else if (kind === "database")
        entities[spec.id] = (entities[spec.client] as MongoClient).db(spec.databaseName, spec.databaseOptions);
      else if (kind === "collection") {
        entities[spec.id] = (entities[spec.database] as Db).collection(spec.collectionName, spec.collectionOptions);
      } else if (kind === "session")
        entities[spec.id] = (entities[spec.client] as MongoClient).startSession(spec.sessionOptions);
      else throw new NotRunnable(`entity ${kind}`);
    }
  }

  private async connect(spec: Document): Promise<MongoClient> {
    if (spec.autoEncryptOpts) throw new NotRunnable("client-side encryption");
    const { readConcernLevel, appname, appName = appname, ...options } = (spec.uriOptions ?? {}) as Document;
    const client = new MongoClient(this.uri, {
      ...options,
      ...(readConcernLevel && { readConcern: { level: readConcernLevel } }),
      ...(appName && { appName }),
      ...(spec.serverApi && { serverApi: spec.serverApi }),
    });
    await client.connect();
    this.opened.push(client);
    return client;
  }

  /** Runs one operation and checks it. @returns the error it was expected to end with. */
  private async operate(operation: Operation, entities: Entities): Promise<unknown> {
    const { name, object, expectError, ignoreResultAndError } = operation;
    let result: unknown;
    try {
      result = await this.perform(operation, entities);
    } catch (error) {
      if (error instanceof NotRunnable || ignoreResultAndError) {
        if (error instanceof NotRunnable) throw error;
        return error;
      }
      if (!expectError) throw new Error(`${object}.${name}: unexpected ${String(error)}`, { cause: error });
      checkError(name, expectError, error as MongoError & Document, entities);
      return error;
    }
    if (expectError) throw new Error(`${name}: expected an error, got ${JSON.stringify(result)?.slice(0, 100)}`);
    if ("expectResult" in operation && !ignoreResultAndError)
      match(operation.expectResult, comparable(name, result), entities, true, name);
    if (operation.saveResultAsEntity) entities[operation.saveResultAsEntity] = result;
    return undefined;
  }

  private async perform({ name, object, arguments: args = {} }: Operation, entities: Entities): Promise<unknown> {
    if (object === "testRunner") return this.testRunner(name, args, entities);
    const target = entities[object];
    if (!target) throw new NotRunnable(`entity ${object}`);
    if (name !== "withTransaction") return runOperation(name, target, args, entities);
    const { callback, ...options } = args;
    await (target as ClientSession).withTransaction(async () => {
      for (const inner of callback as Operation[]) {
        const error = await this.operate(inner, entities);
        if (error) throw error as Error; // the driver decides by it whether to try again
      }
    }, options);
    return undefined;
  }

  private async testRunner(name: string, args: Arguments, entities: Entities): Promise<void> {
    const session = entities[String(args.session)] as ClientSession & { transaction: { state: string } };
    const db = () => this.admin.db(String(args.databaseName));
    if (driverAssertions.has(name)) return;
    switch (name) {
      case "failPoint":
      case "targetedFailPoint":
        await this.admin.db("admin").command(args.failPoint as Document);
        return;
      case "assertSessionTransactionState":
        if (session.transaction.state !== transactionStates[String(args.state)])
          throw new Error(`transaction is ${session.transaction.state}`);
        return;
      case "assertCollectionExists":
      case "assertCollectionNotExists": {
        const found = await db().listCollections({ name: args.collectionName }).toArray();
        if (found.length > 0 !== (name === "assertCollectionExists")) throw new Error(name);
        return;
      }
      case "assertIndexExists":
      case "assertIndexNotExists": {
        const found = await db()
          .collection(String(args.collectionName))
          .indexes()
          .catch(() => []);
        if (found.some((index) => index.name === args.indexName) !== (name === "assertIndexExists"))
          throw new Error(name);
        return;
      }
      case "wait":
        await new Promise((resolve) => setTimeout(resolve, Number(args.ms)));
        return;
      case "createEntities":
        return this.create(args.entities as Record<string, Document>[], entities);
      default:
        throw new NotRunnable(`testRunner.${name}`);
    }
  }

  private async checkOutcome({ databaseName, collectionName, documents }: CollectionData): Promise<void> {
    const found = await this.admin.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
    const [wanted, got] = [EJSON.stringify(documents), EJSON.stringify(found)];
    if (wanted !== got) throw new Error(`outcome: expected ${wanted.slice(0, 200)}, got ${got.slice(0, 200)}`);
  }

  private async cleanUp(entities: Entities): Promise<void> {
    for (const entity of Object.values(entities)) {
      const end = (entity as Partial<ClientSession> | undefined)?.endSession;
      if (end) await end.call(entity).catch(() => undefined);
    }
    for (const client of this.opened.splice(0)) await client.close().catch(() => undefined);
  }
}

async function limited(name: string, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}: no answer in ${operationTimeoutMs} ms`)), operationTimeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The driver's results have methods and fields the format does not speak of. */
function comparable(name: string, result: unknown): unknown {
  if (name === "clientBulkWrite") return withoutUpsertFlag(result as Document);
  if (result?.constructor?.name === "BulkWriteResult") {
    const { insertedCount, insertedIds, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds } =
      result as Document;
    return { insertedCount, insertedIds, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds };
  }
  if (["updateOne", "updateMany", "replaceOne"].includes(name) && (result as Document | null)?.upsertedId === null) {
    const { upsertedId: _none, ...rest } = result as Document;
    return rest;
  }
  return result;
}

function withoutUpsertFlag(result: Document): Document {
  if (!(result.updateResults instanceof Map)) return result;
  const updateResults = [...(result.updateResults as Map<number, Document>)].map(
    ([index, { didUpsert: _flag, ...rest }]) => [index, rest],
  );
  return { ...result, updateResults: Object.fromEntries(updateResults) as Document };
}

function checkError(
  name: string,
  expected: Record<string, unknown>,
  error: MongoError & Document,
  entities: Entities,
): void {
  const fail = (what: string): never => {
    throw new Error(`${name}: ${what} (${error.message})`);
  };
  const {
    errorContains,
    errorCode,
    errorCodeName,
    errorLabelsContain = [],
    errorLabelsOmit = [],
    expectResult,
  } = expected;
  if (expected.isClientError === true && error.code !== undefined && error.name === "MongoServerError")
    fail("a client error was expected");
  if (typeof errorContains === "string" && !error.message.toLowerCase().includes(errorContains.toLowerCase()))
    fail(`message lacks "${errorContains}"`);
  const code: unknown = error.code ?? (error.cause as Document | undefined)?.code; // a bulk write of the client wraps it
  if (errorCode !== undefined && code !== errorCode) fail(`code ${String(code)}, not ${String(errorCode)}`);
  if (errorCodeName !== undefined && error.codeName !== errorCodeName) fail(`codeName ${error.codeName}`);
  for (const label of errorLabelsContain as string[])
    if (!error.hasErrorLabel(label)) fail(`label ${label} is missing`);
  for (const label of errorLabelsOmit as string[]) if (error.hasErrorLabel(label)) fail(`label ${label} is present`);
  if (expectResult)
    match(
      expectResult,
      error.result ?? (error.partialResult && withoutUpsertFlag(error.partialResult as Document)) ?? {},
      entities,
      true,
      name,
    );
}
