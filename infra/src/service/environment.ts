import type { ApiVariable } from "../../../backend/src/config";
import type { FrontendVariable } from "../../../frontend/src/config";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Secret as ContainerSecret } from "aws-cdk-lib/aws-ecs";
import type { Secrets } from "../data/secrets";
import type { StageConfig } from "../stage/stage-config";

/** What the image itself says. */
type OfTheImage = "NODE_ENV" | "HOST" | "PORT" | "BUILD_VERSION" | "BUILD_COMMIT" | "BUILD_TIME";

type ApiSecret =
  | "MONGODB_URI"
  | "JWT_SECRET"
  | "JWT_SECRET_PREVIOUS"
  | "SERVICE_SECRET"
  | "SERVICE_SECRET_PREVIOUS"
  | "FRONTEND_SECRET"
  | "ENCRYPTION_KEY"
  | "ENCRYPTION_KEY_PREVIOUS"
  | "VAPID_PUBLIC_KEY"
  | "VAPID_PRIVATE_KEY"
  | "GOOGLE_CLIENT_ID";

/** Stand-ins for AWS, other providers in the place of Google, mail by SMTP and files on a disk: not on AWS. */
export const notOnAws = {
  api: [
    "SES_ENDPOINT",
    "S3_ENDPOINT",
    "DYNAMODB_ENDPOINT",
    "FILES_DIRECTORY",
    "GOOGLE_ISSUER",
    "OUTGOING_ALLOWED_NETWORKS",
    "SMTP_URL",
  ],
  frontend: ["GOOGLE_ISSUER"],
} as const satisfies { api: ApiVariable[]; frontend: FrontendVariable[] };

interface Setting {
  config: StageConfig;
  region: string;
  webSocketUrl: string;
  callbackUrl: string;
  table: string;
  filesBucket: string;
  filesOrigin: string;
}

type PlainApi = Exclude<ApiVariable, OfTheImage | ApiSecret | "VAPID_SUBJECT" | (typeof notOnAws.api)[number]>;

export function apiEnvironment(setting: Setting): Record<string, string> {
  const { config } = setting;
  const always = {
    LOG_LEVEL: config.logLevel,
    PUBLIC_URL: `https://${config.domainName}`,
    TRUSTED_PROXIES: "1",
    MAIL_FROM: config.mailFrom,
    FILES_STORAGE: "s3",
    FILES_BUCKET: setting.filesBucket,
    FILES_QUOTA_MB: String(config.filesQuotaMb),
    MESSAGES_PER_MINUTE: String(config.limits.messagesPerMinute),
    CALLS_PER_10_SECONDS: String(config.limits.callsPer10Seconds),
    UPLOADS_PER_HOUR: String(config.limits.uploadsPerHour),
    STRANGERS_PER_HOUR: String(config.limits.strangersPerHour),
    LINK_PREVIEWS: config.linkPreviews,
    BCRYPT_COST: "12",
    REALTIME_URL: setting.webSocketUrl,
    REALTIME_SENDER: "apigateway",
    REALTIME_ENDPOINT: setting.callbackUrl,
    CONNECTIONS_TABLE: setting.table,
    AWS_REGION: setting.region,
    METRICS_NAMESPACE: `ConnectBest/${config.stage}`,
  } satisfies Record<PlainApi, string>;
  return { ...always, ...(config.push && { VAPID_SUBJECT: config.push.subject }) };
}

type FrontendSecret = "NEXTAUTH_SECRET" | "FRONTEND_SECRET" | "GOOGLE_CLIENT_ID" | "GOOGLE_CLIENT_SECRET";
type PlainFrontend = Exclude<
  FrontendVariable,
  OfTheImage | FrontendSecret | "ASSET_PREFIX" | (typeof notOnAws.frontend)[number]
>;

export function frontendEnvironment(setting: Setting): Record<string, string> {
  const { config } = setting;
  const always = {
    // The other container of the same task.
    API_URL: "http://127.0.0.1:5001",
    NEXTAUTH_URL: `https://${config.domainName}`,
    TRUSTED_PROXIES: "1",
    REALTIME_URL: setting.webSocketUrl,
    FILES_ORIGIN: setting.filesOrigin,
  } satisfies Record<PlainFrontend, string>;
  return { ...always, ...(config.assets && { ASSET_PREFIX: `https://${config.assets.domainName}` }) };
}

const current = (secret: ISecret) => ContainerSecret.fromSecretsManager(secret);
/** The value before the last change: Secrets Manager keeps it under this label. */
const previous = (secret: ISecret) =>
  ContainerSecret.fromSecretsManagerVersion(secret, { versionStage: "AWSPREVIOUS" });

export function apiSecrets(config: StageConfig, secrets: Secrets): Record<string, ContainerSecret> {
  const own = (field: string) => ContainerSecret.fromSecretsManager(secrets.own, field);
  const all: Partial<Record<ApiSecret, ContainerSecret>> = {
    MONGODB_URI: own("MONGODB_URI"),
    JWT_SECRET: current(secrets.jwt),
    SERVICE_SECRET: current(secrets.service),
    FRONTEND_SECRET: current(secrets.frontend),
    ENCRYPTION_KEY: current(secrets.encryption),
    ...(config.acceptPreviousSecrets && {
      JWT_SECRET_PREVIOUS: previous(secrets.jwt),
      SERVICE_SECRET_PREVIOUS: previous(secrets.service),
      ENCRYPTION_KEY_PREVIOUS: previous(secrets.encryption),
    }),
    ...(config.push && { VAPID_PUBLIC_KEY: own("VAPID_PUBLIC_KEY"), VAPID_PRIVATE_KEY: own("VAPID_PRIVATE_KEY") }),
    ...(config.google && { GOOGLE_CLIENT_ID: own("GOOGLE_CLIENT_ID") }),
  };
  return all;
}

export function frontendSecrets(config: StageConfig, secrets: Secrets): Record<string, ContainerSecret> {
  const own = (field: string) => ContainerSecret.fromSecretsManager(secrets.own, field);
  const all: Partial<Record<FrontendSecret, ContainerSecret>> = {
    NEXTAUTH_SECRET: current(secrets.nextAuth),
    FRONTEND_SECRET: current(secrets.frontend),
    ...(config.google && {
      GOOGLE_CLIENT_ID: own("GOOGLE_CLIENT_ID"),
      GOOGLE_CLIENT_SECRET: own("GOOGLE_CLIENT_SECRET"),
    }),
  };
  return all;
}
