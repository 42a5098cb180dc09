/** Where a database is other than the models say. */
export interface Difference {
  kind:
    | "missing collection"
    | "unknown collection"
    | "missing index"
    | "extra index"
    | "different index"
    | "pending migration"
    | "unknown migration"
    | "invalid documents";
  collection: string;
  /** The index, the migration, or what is wrong where; never what a document says. */
  detail: string;
  /** Of documents: how many, and the first of them. */
  count?: number;
  ids?: string[];
}
