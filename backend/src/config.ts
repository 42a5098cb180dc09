import { createECDH } from "node:crypto";
import { secret } from "@connectbest/websocket";
import ipaddr from "ipaddr.js";
import * as z from "zod";
import { parseSmtpUrl } from "./mail/smtp-url";

/** Every secret has one use, so that the one that gets out opens one door. */
const secrets = ["JWT_SECRET", "SERVICE_SECRET", "FRONTEND_SECRET", "ENCRYPTION_KEY", "VAPID_PRIVATE_KEY"] as const;

const isNetwork = (text: string): boolean => {
  try {
    return Boolean(ipaddr.parseCIDR(text));
  } catch {
    return false;
  }
};

const vapid = ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY", "VAPID_SUBJECT"] as const;

/** All or none, and the keys a pair. */
function vapidProblems(env: { [K in (typeof vapid)[number]]?: string | undefined }) {
  const missing = vapid.filter((name) => !env[name]);
  if (missing.length === vapid.length) return [];
  if (missing.length > 0)
    return missing.map((name) => ({ path: [name], message: "must be set with the other VAPID_ variables" }));
  const pair = createECDH("prime256v1");
  try {
    pair.setPrivateKey(env.VAPID_PRIVATE_KEY ?? "", "base64url");
  } catch {
    return [{ path: ["VAPID_PRIVATE_KEY"], message: "must be a private key of the curve P-256, in base64url" }];
  }
  if (pair.getPublicKey("base64url") === env.VAPID_PUBLIC_KEY) return [];
  return [{ path: ["VAPID_PUBLIC_KEY"], message: "must be the public key of VAPID_PRIVATE_KEY, in base64url" }];
}

const bucketProblems = (env: { FILES_STORAGE: string; FILES_BUCKET: string }) =>
  env.FILES_STORAGE === "s3" && !env.FILES_BUCKET ? [{ path: ["FILES_BUCKET"], message: "must name the bucket" }] : [];

const Variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Address to listen on; containers use 0.0.0.0. */
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(5001),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, "must start with mongodb:// or mongodb+srv://"),
  /** Signs bearers and socket tickets; the same in the Lambdas. */
  JWT_SECRET: secret,
  /** Still accepted while tokens signed with it live (seven days after a change). */
  JWT_SECRET_PREVIOUS: secret.optional(),
  /** Encrypts what must be read again, such as the seeds of authenticator apps. */
  ENCRYPTION_KEY: secret,
  /** Still read from after a change; what is written uses the present one. */
  ENCRYPTION_KEY_PREVIOUS: secret.optional(),
  /** By which our own frontend proves that it speaks for a visitor: the address it names is then believed. */
  FRONTEND_SECRET: secret,
  /** How many proxies stand before the API and append to X-Forwarded-For: 1 behind a load balancer. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** The address people open: mailed links lead there. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, "")),
  /** The sender of all mail. */
  MAIL_FROM: z.string().min(3).default("ConnectBest Chat <no-reply@localhost>"),
  /** Set for a local SES; absent on AWS. */
  SES_ENDPOINT: z.url().optional(),
  /** Set, mail leaves through this server instead of SES. Holds a password. */
  SMTP_URL: z
    .string()
    .refine(
      (url) => parseSmtpUrl(url) !== null,
      "must be smtps://user:password@host, or smtp:// where TLS is begun by STARTTLS; ?tls=off is for a relay without a password",
    )
    .optional(),
  /** By which push services know this installation; the three together, absent: nothing is pushed to browsers. */
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^B[\w-]{86}$/, "must be the public key of VAPID_PRIVATE_KEY, in base64url")
    .optional(),
  VAPID_PRIVATE_KEY: secret.regex(/^[\w-]{43}$/, "must be a private key of the curve P-256, in base64url").optional(),
  /** Where the operators of push services reach ours: `mailto:chat@example.com`, or an https address. */
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, "must be a mailto: or https: address")
    .optional(),
  /** Sign-in with Google: the client id of the frontend, whose ID tokens are accepted. Absent: no such sign-in. */
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  /** Another OpenID provider may stand in Google's place. */
  GOOGLE_ISSUER: z.url().default("https://accounts.google.com"),
  /** Networks that webhooks and link previews may reach although they are not public: `10.1.0.0/16,fd00::/8`. */
  OUTGOING_ALLOWED_NETWORKS: z
    .string()
    .default("")
    .transform((list) => list.split(",").filter(Boolean))
    .refine((networks) => networks.every(isNetwork), "must be networks like 10.1.0.0/16, separated by commas"),
  /** Whether linked pages are asked what they are. */
  LINK_PREVIEWS: z.enum(["on", "off"]).default("on"),
  /** Rates of one person; see the contract. */
  MESSAGES_PER_MINUTE: z.coerce.number().int().min(1).default(60),
  /** Registrations and mailed links asked for from one network. */
  STRANGERS_PER_HOUR: z.coerce.number().int().min(1).default(1000),
  CALLS_PER_10_SECONDS: z.coerce.number().int().min(1).default(100),
  /** Files and pictures of oneself, together. */
  UPLOADS_PER_HOUR: z.coerce.number().int().min(1).default(20),
  /** Where the bytes of files are: in a folder of this machine, or in a bucket of S3 (or of a server that speaks its protocol). */
  FILES_STORAGE: z.enum(["disk", "s3"]).default("disk"),
  FILES_DIRECTORY: z.string().min(1).default(".data/files"),
  FILES_BUCKET: z.string().default(""),
  /** Set for a server other than AWS's; browsers must reach it under this very address. */
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** What all files of the workspace may take together, in units of 1,048,576 bytes. */
  FILES_QUOTA_MB: z.coerce.number().int().min(1).default(10_240),
  /** Signs the tokens by which our own Lambdas call the internal routes. */
  SERVICE_SECRET: secret,
  /** Still accepted while a change reaches all of them. */
  SERVICE_SECRET_PREVIOUS: secret.optional(),
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
  /** Under which CloudWatch keeps what the API counts; absent, nothing is written for it. */
  METRICS_NAMESPACE: z.string().min(1).optional(),
  BUILD_VERSION: z.string().default("0.1.0"),
  BUILD_COMMIT: z.string().default("unknown"),
  BUILD_TIME: z.iso.datetime({ precision: 3 }).optional(),
});

/** Every variable that the API reads. */
export type ApiVariable = keyof z.input<typeof Variables>;
export const apiVariables = Object.keys(Variables.shape) as ApiVariable[];

const Environment = Variables.superRefine((env, context) => {
  for (const problem of bucketProblems(env)) context.addIssue({ code: "custom", ...problem });
  for (const problem of vapidProblems(env)) context.addIssue({ code: "custom", ...problem });
  secrets.forEach((name, i) => {
    const twin = secrets.slice(0, i).find((other) => env[name] !== undefined && env[other] === env[name]);
    if (twin) context.addIssue({ code: "custom", path: [name], message: `must differ from ${twin}` });
  });
});

export type Config = z.output<typeof Environment>;

/** What the programs read that prepare, compare and move the database: no secret but the database's own. */
const { MONGODB_URI, FILES_STORAGE, FILES_DIRECTORY, FILES_BUCKET, S3_ENDPOINT, AWS_REGION, BUILD_VERSION } =
  Variables.shape;
const DataEnvironment = z
  .object({ MONGODB_URI, FILES_STORAGE, FILES_DIRECTORY, FILES_BUCKET, S3_ENDPOINT, AWS_REGION, BUILD_VERSION })
  .superRefine((env, context) => {
    for (const problem of bucketProblems(env)) context.addIssue({ code: "custom", ...problem });
  });

export type DataConfig = z.output<typeof DataEnvironment>;

type Given = Record<string, string | undefined>;

/** @param who cannot start without */
function parse<T extends z.ZodType>(schema: T, environment: Given, who: string): z.output<T> {
  // Compose files and task definitions set what they do not know to nothing: that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const missing = set[String(issue.path[0])] === undefined;
    return `  ${issue.path.join(".")}: ${missing ? "is not set" : issue.message}`;
  });
  throw new Error(`${who} cannot start with this environment:\n${lines.join("\n")}`);
}

/** @throws Error with one line per wrong variable, naming it and never showing its value. */
export const parseConfig = (environment: Given): Config => parse(Environment, environment, "The API");
/** The same for the programs of `tools/`. */
export const parseDataConfig = (environment: Given): DataConfig => parse(DataEnvironment, environment, "This program");

export const readConfig = (): Config => parseConfig(process.env);
export const readDataConfig = (): DataConfig => parseDataConfig(process.env);
