import * as z from "zod";
import { secret } from "./secret";

const Environment = z.object({
  AWS_REGION: z.string().default("us-east-1"),
  /** The API's base address, as the Lambdas reach it. */
  API_URL: z.url(),
  JWT_SECRET: secret,
  /** Still accepted while tokens signed with it live. */
  JWT_SECRET_PREVIOUS: secret.optional(),
  SERVICE_SECRET: secret,
  CONNECTIONS_TABLE: z.string().default("connectbest-connections"),
  DYNAMODB_ENDPOINT: z.url().optional(),
  REALTIME_SENDER: z.enum(["gateway", "apigateway"]).default("apigateway"),
  REALTIME_ENDPOINT: z.url(),
  /** The origins whose pages may open a socket, separated by commas: https://chat.example.com */
  ALLOWED_ORIGINS: z
    .string()
    .min(1)
    .transform((list) => list.split(",").map((origin) => origin.trim())),
});

export type LambdaConfig = z.output<typeof Environment>;

/** @throws Error naming each wrong variable, never its value. */
export function parseLambdaConfig(environment: Record<string, string | undefined>): LambdaConfig {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The WebSocket handlers cannot start with this environment: ${names.join("; ")}`);
}

export const readLambdaConfig = (): LambdaConfig => parseLambdaConfig(process.env);
