import * as z from "zod";

/** Only for `next dev` and `next build` on one's own machine; refused in production. */
const developmentSecret = "development-only-secret-never-use-it-anywhere-else";

const Environment = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    /** Where the API listens, without `/api`. */
    API_URL: z.url("API_URL must be a URL, like http://127.0.0.1:5001.").default("http://127.0.0.1:5001"),
    /** The address people open; decides whether cookies are `Secure`. */
    NEXTAUTH_URL: z.url("NEXTAUTH_URL must be a URL, like https://chat.example.com.").default("http://localhost:3000"),
    /** Encrypts the session cookie; at least 32 characters. */
    NEXTAUTH_SECRET: z.string().optional(),
  })
  .superRefine((environment, context) => {
    if (environment.NODE_ENV !== "production") return;
    const secret = environment.NEXTAUTH_SECRET ?? "";
    if (secret.length < 32 || secret === developmentSecret)
      context.addIssue({
        code: "custom",
        path: ["NEXTAUTH_SECRET"],
        message: "NEXTAUTH_SECRET must be set to a random string of at least 32 characters in production.",
      });
  })
  .transform((environment) => ({
    apiUrl: environment.API_URL.replace(/\/+$/, ""),
    publicUrl: environment.NEXTAUTH_URL,
    secureCookies: environment.NEXTAUTH_URL.startsWith("https://"),
    authSecret: environment.NEXTAUTH_SECRET ?? developmentSecret,
  }));

export type Config = z.output<typeof Environment>;

/** Parses an environment. Throws one sentence that names every variable that is wrong. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new Error(`The frontend cannot start. ${parsed.error.issues.map((issue) => issue.message).join(" ")}`);
}

let current: Config | undefined;

/** The frontend's settings, read once; on the server only. `next build` needs none of them. */
export const config = (): Config => (current ??= parseConfig(process.env));
