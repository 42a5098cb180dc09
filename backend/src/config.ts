import * as z from "zod";

const secret = z.string().min(32, "must be at least 32 characters of randomness");

const Environment = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    /** Address to listen on; containers use 0.0.0.0. */
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65535).default(5001),
    LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, "must start with mongodb:// or mongodb+srv://"),
    /** Signs bearers and socket tickets; the same in the Lambdas. */
    JWT_SECRET: secret,
    /** Signs the tokens by which our own Lambdas call the internal routes. */
    SERVICE_SECRET: secret,
    BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(12),
    /** Where browsers open the WebSocket: wss://… */
    REALTIME_URL: z.url({ protocol: /^wss?$/ }),
    AWS_REGION: z.string().default("us-east-1"),
    CONNECTIONS_TABLE: z.string().default("connectbest-connections"),
    /** Set for a local DynamoDB; absent on AWS. */
    DYNAMODB_ENDPOINT: z.url().optional(),
    /** `gateway` posts to our own gateway (one call, many connections), `apigateway` to AWS's management API. */
    REALTIME_SENDER: z.enum(["gateway", "apigateway"]).default("gateway"),
    /** The management endpoint of the gateway chosen. */
    REALTIME_ENDPOINT: z.url(),
    BUILD_VERSION: z.string().default("0.1.0"),
    BUILD_COMMIT: z.string().default("unknown"),
    BUILD_TIME: z.iso.datetime({ precision: 3 }).optional(),
  })
  .refine((env) => env.JWT_SECRET !== env.SERVICE_SECRET, {
    path: ["SERVICE_SECRET"],
    message: "must differ from JWT_SECRET",
  });

export type Config = z.output<typeof Environment>;

/** @throws Error with one line per wrong variable, naming it and never showing its value. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const missing = environment[String(issue.path[0])] === undefined;
    return `  ${issue.path.join(".")}: ${missing ? "is not set" : issue.message}`;
  });
  throw new Error(`The API cannot start with this environment:\n${lines.join("\n")}`);
}

export const readConfig = (): Config => parseConfig(process.env);
