/** A test that is left out, and why. */
export interface Exclusion {
  file: RegExp;
  description?: RegExp;
  reason: string;
}

/**
 * Tests that say nothing of this server. Those it fails stay in and count as failures; what MongoDB's version, topology
 * and the like decide is read from the files themselves (see unmetRequirement).
 */
export const exclusions: Exclusion[] = [
  {
    file: /^crud__create-null-ids/,
    description: /^inserting _id with type null via (insertOne|insertMany|bulkWrite|clientBulkWrite)$/,
    reason: "the Node driver replaces a null _id by an ObjectId before it sends the document",
  },
  {
    file: /^crud__client-bulkWrite-partialResults/,
    description: /^partialResult is unset when/,
    reason: "the Node driver always sets partialResult",
  },
  {
    file: /^transactions__client-bulkWrite/,
    description: /with writeConcern in a transaction/,
    reason: "the Node driver does not refuse the write concern, which the test expects of the driver",
  },
  {
    file: /^transactions__run-command/,
    description: /secondary read preference in client option/,
    reason: "the driver connects only to a set with a secondary member",
  },
  {
    file: /^transactions__transaction-options\./,
    description: /^readPreference inherited from client$/,
    reason: "the driver connects only to a set with a secondary member",
  },
];
