import * as z from "zod";

/** Only for `next dev` and `next build` on one's own machine; refused in production. */
const developmentSecret = "development-only-secret-never-use-it-anywhere-else";

const isEvidentlyDefault = (secret: string): boolean =>
  secret === developmentSecret || /change-?me|secret-here/i.test(secret) || new Set(secret).size < 8;

/** At least 32 characters; production refuses to start without one, or with one that was never chosen. */
const secretNames = ["NEXTAUTH_SECRET", "FRONTEND_SECRET"] as const;

const Variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Where the API listens, without `/api`. */
  API_URL: z.url("API_URL must be a URL, like http://127.0.0.1:5001.").default("http://127.0.0.1:5001"),
  /** The address people open; decides whether cookies are `Secure`. */
  NEXTAUTH_URL: z.url("NEXTAUTH_URL must be a URL, like https://chat.example.com.").default("http://localhost:3000"),
  /** Encrypts the session cookie. */
  NEXTAUTH_SECRET: z.string().optional(),
  /** Proves to the API that it is this server that names a visitor's address. */
  FRONTEND_SECRET: z.string().optional(),
  /** How many proxies of ours stand before this server, each adding an address to `X-Forwarded-For`. */
  TRUSTED_PROXIES: z.coerce
    .number("TRUSTED_PROXIES must be a number, 0 or more.")
    .int("TRUSTED_PROXIES must be a whole number.")
    .min(0, "TRUSTED_PROXIES must be 0 or more.")
    .default(0),
  /** Where browsers open their WebSocket; the pages may connect to its origin. */
  REALTIME_URL: z
    .url({ protocol: /^wss?$/, error: "REALTIME_URL must be a WebSocket URL, like wss://live.example.com." })
    .default("ws://localhost:8081"),
  /** Both or neither: without them nobody is offered Google. */
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  /** Any OpenID Connect issuer that tells `email` and `email_verified` in its ID token. */
  GOOGLE_ISSUER: z
    .url("GOOGLE_ISSUER must be a URL, like https://accounts.google.com.")
    .default("https://accounts.google.com"),
  /** Where browsers read files from when they are in S3: https://bucket.s3.eu-central-1.amazonaws.com */
  FILES_ORIGIN: z
    .url({
      protocol: /^https?$/,
      error: "FILES_ORIGIN must be a URL, like https://bucket.s3.eu-central-1.amazonaws.com.",
    })
    .optional(),
  /** Another origin for the files that never change, given to the build too: https://assets.example.com */
  ASSET_PREFIX: z
    .url({ protocol: /^https$/, error: "ASSET_PREFIX must be a URL, like https://assets.example.com." })
    .optional(),
  /** What it was built from, as the image says. */
  BUILD_VERSION: z.string().default("0.1.0"),
  BUILD_COMMIT: z.string().default("unknown"),
  BUILD_TIME: z.string().optional(),
});

/** Every variable that the frontend reads. */
export type FrontendVariable = keyof z.input<typeof Variables>;
export const frontendVariables = Object.keys(Variables.shape) as FrontendVariable[];

const Environment = Variables.superRefine((environment, context) => {
  if (Boolean(environment.GOOGLE_CLIENT_ID) !== Boolean(environment.GOOGLE_CLIENT_SECRET))
    context.addIssue({
      code: "custom",
      path: ["GOOGLE_CLIENT_ID"],
      message: "Set both GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or neither.",
    });
  if (environment.NODE_ENV !== "production") return;
  for (const name of secretNames) {
    const secret = environment[name] ?? "";
    if (secret.length < 32 || isEvidentlyDefault(secret))
      context.addIssue({
        code: "custom",
        path: [name],
        message: `${name} must be set to a random string of at least 32 characters in production.`,
      });
  }
}).transform((environment) => ({
  isProduction: environment.NODE_ENV === "production",
  apiUrl: environment.API_URL.replace(/\/+$/, ""),
  publicUrl: environment.NEXTAUTH_URL,
  secureCookies: environment.NEXTAUTH_URL.startsWith("https://"),
  authSecret: environment.NEXTAUTH_SECRET ?? developmentSecret,
  frontendSecret: environment.FRONTEND_SECRET ?? developmentSecret,
  trustedProxies: environment.TRUSTED_PROXIES,
  realtimeOrigin: new URL(environment.REALTIME_URL).origin,
  filesOrigin: environment.FILES_ORIGIN ? new URL(environment.FILES_ORIGIN).origin : null,
  assetOrigin: environment.ASSET_PREFIX ? new URL(environment.ASSET_PREFIX).origin : null,
  google:
    environment.GOOGLE_CLIENT_ID && environment.GOOGLE_CLIENT_SECRET
      ? {
          clientId: environment.GOOGLE_CLIENT_ID,
          clientSecret: environment.GOOGLE_CLIENT_SECRET,
          issuer: environment.GOOGLE_ISSUER.replace(/\/+$/, ""),
        }
      : null,
  build: {
    version: environment.BUILD_VERSION,
    commit: environment.BUILD_COMMIT,
    buildTime: environment.BUILD_TIME ?? null,
  },
}));

export type Config = z.output<typeof Environment>;

/** A variable that is set to nothing is not set: so compose files and templates pass on what they do not have. */
const withoutEmpty = (environment: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));

/** Parses an environment. Throws one sentence that names every variable that is wrong. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(withoutEmpty(environment));
  if (parsed.success) return parsed.data;
  throw new Error(`The frontend cannot start. ${parsed.error.issues.map((issue) => issue.message).join(" ")}`);
}

let current: Config | undefined;

/** The frontend's settings, read once; on the server only. `next build` needs none of them. */
export const config = (): Config => (current ??= parseConfig(process.env));
