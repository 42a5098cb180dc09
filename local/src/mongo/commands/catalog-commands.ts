import { isDoc, isTrue } from "../bson/values";
import type { Collection } from "../catalog";
import { CommandError, notImplemented } from "../errors";
import { removeRange } from "../indexes";
import { compileFilter } from "../query/matcher";
import type { UnitOfWork } from "../storage/unit-of-work";
import type { Call, Command } from "./call";
import { docField, findCollection, matchOptions, namespaceOf, unitOf } from "./call";
import { answerList, dropEntries } from "./index-commands";
import { ensureCollection } from "./statements";

/** Options of `create` that would change behaviour, and are refused. */
const refusedOptions = [
  "capped",
  "size",
  "max",
  "timeseries",
  "clusteredIndex",
  "viewOn",
  "pipeline",
  "validator",
  "changeStreamPreAndPostImages",
  "encryptedFields",
  "expireAfterSeconds",
];

const create: Command = {
  fields: [
    ...refusedOptions,
    "collation",
    "validationLevel",
    "validationAction",
    "storageEngine",
    "indexOptionDefaults",
    "idIndex",
    "autoIndexId",
  ],
  writes: true,
  transactional: true,
  run(call) {
    const ns = namespaceOf(call);
    const refused = refusedOptions.find((name) => {
      const value = call.command[name];
      return value !== undefined && value !== false && !(isDoc(value) && !Object.keys(value).length);
    });
    if (refused) throw notImplemented(`create.${refused}`);
    if (isDoc(call.command.collation) && call.command.collation.locale !== "simple")
      throw notImplemented("a collection's default collation");
    if (findCollection(call, ns)) {
      if (!call.transaction) return { ok: 1 }; // same options: MongoDB 7 and later answer ok
      throw new CommandError(48, `Collection ${ns} already exists.`);
    }
    ensureCollection(call, ns);
    return { ok: 1 };
  },
};

function dropCollection(unit: UnitOfWork, collection: Collection): void {
  removeRange(unit, collection.prefix, collection.end);
  for (const index of collection.indexes) dropEntries(unit, index);
  unit.removeCollection(collection.ns);
}

const drop: Command = {
  fields: [],
  writes: true,
  run(call) {
    const ns = namespaceOf(call);
    const collection = findCollection(call, ns);
    if (!collection) return { ok: 1 };
    dropCollection(unitOf(call), collection);
    return { nIndexesWas: collection.indexes.length + 1, ns, ok: 1 };
  },
};

const collectionsOf = (call: Call): string[] =>
  (call.unit?.collectionNames() ?? [...call.services.database.catalog.collections.keys()]).filter((ns) =>
    ns.startsWith(`${call.db}.`),
  );

const dropDatabase: Command = {
  fields: [],
  writes: true,
  run(call) {
    const names = collectionsOf(call);
    for (const ns of names) {
      const collection = findCollection(call, ns);
      if (collection) dropCollection(unitOf(call), collection);
    }
    return names.length ? { dropped: call.db, ok: 1 } : { ok: 1 };
  },
};

const listCollections: Command = {
  fields: ["filter", "nameOnly", "authorizedCollections", "cursor", "rawData"],
  run(call) {
    const infos = collectionsOf(call).flatMap((ns) => {
      const collection = findCollection(call, ns);
      const name = ns.slice(call.db.length + 1);
      if (!collection) return [];
      return [
        {
          name,
          type: "collection",
          options: collection.options,
          info: { readOnly: false, uuid: collection.uuid },
          idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
        },
      ];
    });
    const matches = compileFilter(docField(call.command, "filter"), matchOptions(call));
    const found = infos.filter((info) => matches(info)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const shown = isTrue(call.command.nameOnly) ? found.map(({ name, type }) => ({ name, type })) : found;
    return answerList(call, `${call.db}.$cmd.listCollections`, shown);
  },
};

const listDatabases: Command = {
  fields: ["filter", "nameOnly", "authorizedDatabases"],
  run(call) {
    const { collections } = call.services.database.catalog;
    const names = [...new Set([...collections.keys()].map((ns) => ns.slice(0, ns.indexOf("."))))].sort();
    const matches = compileFilter(docField(call.command, "filter"), matchOptions(call));
    const databases = names.map((name) => ({ name, sizeOnDisk: 4096n, empty: false })).filter((info) => matches(info));
    if (isTrue(call.command.nameOnly)) return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
    return { databases, totalSize: 4096n * BigInt(databases.length), totalSizeMb: 0n, ok: 1 };
  },
};

export const catalogCommands: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
};
