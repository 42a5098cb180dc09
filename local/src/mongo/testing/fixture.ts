import type { Collection, Document } from "mongodb";
import { MongoClient } from "mongodb";
import type { MongoServer } from "../index";
import { startMongoServer } from "../index";

/** A server in memory and a client of it, for one test file. */
export interface Fixture {
  server: MongoServer;
  client: MongoClient;
  /** A new collection with these documents. */
  collection(documents?: Document[]): Promise<Collection>;
}

/** Starts the fixture before the tests of a file and ends it after them. */
export function useServer(): Fixture {
  let count = 0;
  const fixture: Partial<Fixture> = {
    async collection(documents = []) {
      const made = (fixture as Fixture).client.db("test").collection(`c${count++}`);
      if (documents.length) await made.insertMany(documents);
      return made;
    },
  };
  beforeAll(async () => {
    fixture.server = await startMongoServer({ port: 0 });
    fixture.client = await new MongoClient(fixture.server.uri).connect();
  });
  afterAll(async () => {
    await fixture.client?.close();
    await fixture.server?.close();
  });
  return fixture as Fixture;
}

/** Ids of what a filter finds, in order. */
export async function idsOf(collection: Collection, filter: Document, options: Document = {}): Promise<unknown[]> {
  const found = await collection.find(filter, options).toArray();
  return found.map(({ _id }) => _id as unknown);
}
