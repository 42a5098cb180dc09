import path from "node:path";
import * as z from "zod";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback);

const Environment = z
  .object({
    /** Where everything is kept. */
    DATA_DIR: z.string().default(".data"),
    PORT_FRONTEND: port(3000),
    PORT_API: port(5001),
    PORT_GATEWAY: port(8081),
    PORT_DATABASE: port(27027),
    PORT_DYNAMODB: port(8010),
    PORT_MAIL: port(8025),
    /** Use this database instead of the embedded one. */
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, "must start with mongodb:// or mongodb+srv://")
      .optional(),
    /** Passed on to the API as they are; see backend/src/config.ts. */
    BCRYPT_COST: z.string().optional(),
    MESSAGES_PER_MINUTE: z.string().optional(),
    CALLS_PER_10_SECONDS: z.string().optional(),
    STRANGERS_PER_HOUR: z.string().optional(),
    UPLOADS_PER_HOUR: z.string().optional(),
    FILES_QUOTA_MB: z.string().optional(),
    FILES_BUCKET: z.string().optional(),
    S3_ENDPOINT: z.string().optional(),
    /** `s3`: files are kept in S3, by the shell's AWS_* settings, instead of in DATA_DIR. */
    FILES_STORAGE: z.enum(["disk", "s3"]).default("disk"),
    TRUSTED_PROXIES: z.string().optional(),
    /** The address people open, when it is not `http://localhost:PORT_FRONTEND` (behind a proxy of your own). */
    PUBLIC_URL: z.url("must be a URL, like https://chat.example.com").optional(),
    /** Where visitors' browsers open the WebSocket, when it is not this machine's PORT_GATEWAY. */
    REALTIME_URL: z.url("must be a URL, like wss://chat.example.com/live").optional(),
    MAIL_FROM: z.string().optional(),
    /**
     * `ses`: mail leaves through Amazon SES, by the shell's AWS_* settings, instead of going to the local inbox; `smtp`: through
     * the server of SMTP_URL.
     */
    MAIL: z.enum(["inbox", "ses", "smtp"]).default("inbox"),
    /** Passed on to the API as it is, with MAIL=smtp; see backend/src/mail/smtp-url.ts. */
    SMTP_URL: z.string().optional(),
    /** Sign-in with Google, or with another OpenID provider in its place; absent, there is none. */
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    GOOGLE_ISSUER: z.url("must be a URL, like https://accounts.google.com").optional(),
    LOG_LEVEL: z.string().default("info"),
    /** `off`: only the API and what it needs, for REST consumers, bots and benches. */
    FRONTEND: z.enum(["on", "off"]).default("on"),
    REALTIME_SENDER: z.enum(["gateway", "apigateway"]).default("gateway"),
  })
  .refine(({ MAIL, SMTP_URL }) => MAIL !== "smtp" || SMTP_URL, {
    path: ["SMTP_URL"],
    message: "must be set with MAIL=smtp, like smtps://user:password@mail.example.com",
  });

export type LocalConfig = z.output<typeof Environment>;

/** @throws Error naming the variable that is wrong */
export function parseLocalConfig(environment: Record<string, string | undefined>): LocalConfig {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return { ...parsed.data, DATA_DIR: path.resolve(parsed.data.DATA_DIR) };
  const issue = parsed.error.issues[0];
  throw new Error(`${issue?.path.join(".")} ${issue?.message}. Correct it, or leave it unset for the default.`);
}

export const readLocalConfig = (): LocalConfig => parseLocalConfig(process.env);

/** What a child needs of its parent's environment: not our variables, nor whatever secrets the shell holds. */
export const inheritedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "NODE_OPTIONS", "SystemRoot", "TERM"].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The shell's AWS settings: for the API alone, and only when mail leaves through SES or files are in S3. */
export const awsEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (name.startsWith("AWS_") && value ? [[name, value]] : [])),
  );

/** The environment of a service process, as the supervisor or the image set it. */
const Service = z.object({
  /** Address to listen on; containers use 0.0.0.0. */
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int(),
  DATA_DIR: z.string().default(""),
  CONNECTIONS_TABLE: z.string().default("connectbest-connections"),
  SERVICE_SECRET: z.string().default(""),
  LAMBDA_DIR: z.string().default(""),
  LAMBDA_EXTENSION: z.string().default(".cjs"),
});
export const parseServiceConfig = (environment: Record<string, string | undefined>) => Service.parse(environment);
export const readServiceConfig = () => parseServiceConfig(process.env);

/** The environment of the program that makes the secrets of a compose installation. */
const SecretsMaker = z.object({
  DATA_DIR: z.string().min(1),
  PUBLIC_URL: z.url("must be a URL, like https://chat.example.com"),
  /** Who may read the files, when that is not who makes them: only root can give them away. */
  READER_UID: z.coerce.number().int().min(1).optional(),
});
export const parseSecretsConfig = (environment: Record<string, string | undefined>) => SecretsMaker.parse(environment);
export const readSecretsConfig = () => parseSecretsConfig(process.env);
