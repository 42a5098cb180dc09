import * as z from "zod";
import { secret } from "./secret";
import { secretsManager, withStoredSecrets } from "./stored-secrets";

const Environment = z.object({
  AWS_REGION: z.string().default("us-east-1"),
  /** The API's base address, as the Lambdas reach it. */
  API_URL: z.url(),
  JWT_SECRET: secret,
  /** Still accepted while tokens signed with it live. */
  JWT_SECRET_PREVIOUS: secret.optional(),
  /** Where the secret is kept, in place of the secret itself: see stored-secrets.ts. */
  JWT_SECRET_ARN: z.string().optional(),
  SERVICE_SECRET: secret,
  /** Still tried while a change reaches the API. */
  SERVICE_SECRET_PREVIOUS: secret.optional(),
  SERVICE_SECRET_ARN: z.string().optional(),
  CONNECTIONS_TABLE: z.string().default("connectbest-connections"),
  DYNAMODB_ENDPOINT: z.url().optional(),
  REALTIME_SENDER: z.enum(["gateway", "apigateway"]).default("apigateway"),
  REALTIME_ENDPOINT: z.url(),
  /** The origins whose pages may open a socket, separated by commas: https://chat.example.com */
  ALLOWED_ORIGINS: z
    .string()
    .min(1)
    .transform((list) => list.split(",").map((origin) => origin.trim())),
  /** Under which CloudWatch keeps what the handlers count; absent, nothing is written for it. */
  METRICS_NAMESPACE: z.string().min(1).optional(),
});

/** Every variable that the handlers read. */
export type LambdaVariable = keyof z.input<typeof Environment>;
export const lambdaVariables = Object.keys(Environment.shape) as LambdaVariable[];

export type LambdaConfig = z.output<typeof Environment>;

/** @throws Error naming each wrong variable, never its value. */
export function parseLambdaConfig(environment: Record<string, string | undefined>): LambdaConfig {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The WebSocket handlers cannot start with this environment: ${names.join("; ")}`);
}

/** @throws Error naming each wrong variable, never its value; what Secrets Manager's client throws */
export async function readLambdaConfig(): Promise<LambdaConfig> {
  const reader = secretsManager(process.env["AWS_REGION"] ?? "us-east-1");
  return parseLambdaConfig(await withStoredSecrets(process.env, reader));
}
