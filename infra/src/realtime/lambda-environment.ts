import type { LambdaVariable } from "../../../websocket/src/config";
import type { Secrets } from "../data/secrets";
import type { StageConfig } from "../stage/stage-config";

/** Secrets are read by the handlers themselves, by the names that stand here; what AWS sets, and what only a laptop has. */
type NotHere =
  | "JWT_SECRET"
  | "JWT_SECRET_PREVIOUS"
  | "SERVICE_SECRET"
  | "SERVICE_SECRET_PREVIOUS"
  | "AWS_REGION"
  | "DYNAMODB_ENDPOINT";

interface Setting {
  config: StageConfig;
  table: string;
  secrets: Secrets;
  callbackUrl: string;
}

/** What the handlers read of their environment, and nothing else. */
export const lambdaEnvironment = ({ config, table, secrets, callbackUrl }: Setting) =>
  ({
    API_URL: `https://${config.domainName}`,
    JWT_SECRET_ARN: secrets.jwt.secretArn,
    SERVICE_SECRET_ARN: secrets.service.secretArn,
    CONNECTIONS_TABLE: table,
    REALTIME_SENDER: "apigateway",
    REALTIME_ENDPOINT: callbackUrl,
    ALLOWED_ORIGINS: `https://${config.domainName}`,
    METRICS_NAMESPACE: `ConnectBest/${config.stage}`,
  }) satisfies Record<Exclude<LambdaVariable, NotHere>, string>;
