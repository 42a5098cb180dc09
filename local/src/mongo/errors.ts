/** Names of the MongoDB error codes this server answers with (src/mongo/base/error_codes.yml of MongoDB 8.0). */
const codeNames: Record<number, string> = {
  1: "InternalError",
  2: "BadValue",
  6: "HostUnreachable",
  7: "HostNotFound",
  9: "FailedToParse",
  11: "UserNotFound",
  13: "Unauthorized",
  14: "TypeMismatch",
  15: "Overflow",
  16: "InvalidLength",
  18: "AuthenticationFailed",
  20: "IllegalOperation",
  24: "LockTimeout",
  26: "NamespaceNotFound",
  27: "IndexNotFound",
  28: "PathNotViable",
  31: "RoleNotFound",
  40: "ConflictingUpdateOperators",
  43: "CursorNotFound",
  48: "NamespaceExists",
  50: "MaxTimeMSExpired",
  52: "DollarPrefixedFieldName",
  53: "InvalidIdField",
  54: "NotSingleValueField",
  56: "EmptyFieldName",
  59: "CommandNotFound",
  64: "WriteConcernFailed",
  66: "ImmutableField",
  67: "CannotCreateIndex",
  72: "InvalidOptions",
  73: "InvalidNamespace",
  79: "UnknownReplWriteConcern",
  85: "IndexOptionsConflict",
  86: "IndexKeySpecsConflict",
  89: "NetworkTimeout",
  91: "ShutdownInProgress",
  96: "OperationFailed",
  100: "UnsatisfiableWriteConcern",
  112: "WriteConflict",
  115: "CommandNotSupported",
  125: "CommandFailed",
  168: "InvalidPipelineOperator",
  187: "IllegalChangeToExpectedDatabaseVersion",
  189: "PrimarySteppedDown",
  225: "TransactionTooOld",
  238: "NotImplemented",
  244: "TransactionAborted",
  246: "SnapshotUnavailable",
  251: "NoSuchTransaction",
  256: "TransactionCommitted",
  262: "ExceededTimeLimit",
  263: "OperationNotSupportedInTransaction",
  290: "TransactionExceededLifetimeLimitSeconds",
  291: "NoQueryExecutionPlans",
  292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  10107: "NotWritablePrimary",
  10334: "BSONObjectTooLarge",
  11000: "DuplicateKey",
  11600: "InterruptedAtShutdown",
  11601: "Interrupted",
  11602: "InterruptedDueToReplStateChange",
  13388: "StaleConfig",
  13435: "NotPrimaryNoSecondaryOk",
  13436: "NotPrimaryOrSecondary",
  14031: "OutOfDiskSpace",
  17280: "KeyTooLong",
};

/** MongoDB's name of an error code; codes without one are called `Location<code>`, as MongoDB does. */
export const codeName = (code: number): string => codeNames[code] ?? `Location${code}`;

/** An answer `{ok: 0}`: MongoDB's code and message, and extra reply fields. Labels follow from the code unless given. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly details: Record<string, unknown> = {},
    readonly labels?: readonly string[],
  ) {
    super(message);
    this.name = "CommandError";
  }
}

export const badValue = (message: string) => new CommandError(2, message);
export const failedToParse = (message: string) => new CommandError(9, message);
export const typeMismatch = (message: string) => new CommandError(14, message);

/** What this server cannot do: never a silent no-op (the promise of README.md). */
export const notImplemented = (what: string) => new CommandError(238, `${what} is not supported by this server`);

export const writeConflict = () =>
  new CommandError(
    112,
    "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.",
  );

export const noSuchTransaction = (message: string) => new CommandError(251, message);

export const outOfDiskSpace = (reason = "No space left on device") => new CommandError(14031, reason);
