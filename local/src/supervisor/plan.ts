import path from "node:path";
import { awsEnvironment, inheritedEnvironment, type LocalConfig } from "../config";
import type { ProcessPlan } from "./managed-process";
import { secretsByReader } from "./secrets-by-reader";
import type { Secrets } from "./secrets";

const table = "connectbest-connections";
/**
 * Bounds the API's heap, in MB. The further off the limit is, the more garbage V8 lets gather before it looks: what an office needs
 * is measured in docs/performance.md.
 */
const apiHeap = "--max-old-space-size=768";

interface Setting {
  config: LocalConfig;
  secrets: Secrets;
  /** The repository. */
  root: string;
  /** Reload on change instead of running what was built. */
  isDev: boolean;
}

const local = (port: number, scheme = "http") => `${scheme}://127.0.0.1:${port}`;

/** Those of the settings that are set, to be passed on under their own names. */
const given = (config: LocalConfig, names: (keyof LocalConfig)[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (config[name] ? [[name, String(config[name])]] : [])));

/** Where browsers read files from, when it is not from here: at the server given, or at AWS's own address of the bucket. */
function filesOrigin(config: LocalConfig): Record<string, string> {
  if (config.FILES_STORAGE !== "s3") return {};
  const region = awsEnvironment()["AWS_REGION"] ?? "us-east-1";
  const own = `https://${config.FILES_BUCKET ?? ""}.s3.${region}.amazonaws.com`;
  return { FILES_ORIGIN: config.S3_ENDPOINT ? new URL(config.S3_ENDPOINT).origin : own };
}

/** Every part of the system, in the order of dependence, each with exactly the environment it reads. */
export function planProcesses({ config, secrets, root, isDev }: Setting): ProcessPlan[] {
  const at = (...parts: string[]) => path.join(root, ...parts);
  const node = process.execPath;
  const mode = isDev ? "development" : "production";
  const origin = config.PUBLIC_URL ?? `http://localhost:${config.PORT_FRONTEND}`;
  const realtimeUrl = config.REALTIME_URL ?? `ws://localhost:${config.PORT_GATEWAY}/local`;
  const secretsOf = secretsByReader(secrets, origin);
  const shared = given(config, ["TRUSTED_PROXIES", "GOOGLE_CLIENT_ID", "GOOGLE_ISSUER"]);
  const realtime = {
    CONNECTIONS_TABLE: table,
    DYNAMODB_ENDPOINT: local(config.PORT_DYNAMODB),
    REALTIME_SENDER: config.REALTIME_SENDER,
    REALTIME_ENDPOINT: local(config.PORT_GATEWAY),
    AWS_REGION: "us-east-1",
    // It speaks of Node versions to come, on every start.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const plan = (
    name: string,
    args: string[],
    environment: Record<string, string>,
    more: { cwd?: string; healthUrl?: string } = {},
  ): ProcessPlan => ({
    name,
    command: node,
    args,
    cwd: more.cwd ?? root,
    environment: { ...inheritedEnvironment(), NODE_ENV: mode, ...environment },
    logFile: path.join(config.DATA_DIR, "logs", `${name.toLowerCase().replace(/\W+/g, "-")}.log`),
    ...(more.healthUrl && { healthUrl: more.healthUrl }),
  });
  const service = (name: string, file: string, environment: Record<string, string>) =>
    plan(name, ["--enable-source-maps", at("local/dist", `${file}.js`)], environment);
  const child = at("local/dist/child.js");
  const tsx = at("node_modules/tsx/dist/cli.mjs");

  const database = service("Database", "database-main", {
    PORT: String(config.PORT_DATABASE),
    DATA_DIR: config.DATA_DIR,
  });
  const gatewayEnvironment = {
    ...realtime,
    ...secretsOf.gateway,
    PORT: String(config.PORT_GATEWAY),
    API_URL: local(config.PORT_API),
    ALLOWED_ORIGINS: `${origin},http://localhost:${config.PORT_FRONTEND},${local(config.PORT_FRONTEND)}`,
    LAMBDA_DIR: at("websocket", isDev ? "src/handlers" : "dist"),
    LAMBDA_EXTENSION: isDev ? ".ts" : ".cjs",
  };
  const frontend = plan(
    "Frontend",
    [
      child,
      at("node_modules/next/dist/bin/next"),
      isDev ? "dev" : "start",
      "--hostname",
      "127.0.0.1",
      "--port",
      String(config.PORT_FRONTEND),
    ],
    {
      API_URL: local(config.PORT_API),
      NEXTAUTH_URL: origin,
      ...secretsOf.frontend,
      REALTIME_URL: realtimeUrl,
      ...shared,
      ...given(config, ["GOOGLE_CLIENT_SECRET"]),
      ...filesOrigin(config),
      NEXT_TELEMETRY_DISABLED: "1",
    },
    { cwd: at("frontend"), healthUrl: `${local(config.PORT_FRONTEND)}/login` },
  );
  return [
    ...(config.MONGODB_URI ? [] : [database]),
    service("DynamoDB", "dynamodb-main", { PORT: String(config.PORT_DYNAMODB), CONNECTIONS_TABLE: table }),
    service("Mail", "mail-main", { PORT: String(config.PORT_MAIL) }),
    isDev
      ? plan(
          "Gateway",
          [child, tsx, "watch", "--clear-screen=false", at("local/src/services/gateway-main.ts")],
          gatewayEnvironment,
          {
            healthUrl: `${local(config.PORT_GATEWAY)}/health`,
          },
        )
      : service("Gateway", "gateway-main", gatewayEnvironment),
    plan(
      "API",
      isDev
        ? [child, tsx, "watch", "--clear-screen=false", "src/server.ts"]
        : ["--enable-source-maps", apiHeap, child, at("backend/dist/server.js")],
      {
        ...realtime,
        ...secretsOf.backend,
        PORT: String(config.PORT_API),
        MONGODB_URI: config.MONGODB_URI ?? `mongodb://127.0.0.1:${config.PORT_DATABASE}/connectbest?replicaSet=rs0`,
        REALTIME_URL: realtimeUrl,
        PUBLIC_URL: origin,
        ...(config.MAIL === "ses" || config.FILES_STORAGE === "s3" ? awsEnvironment() : {}),
        ...(config.MAIL === "inbox" && { SES_ENDPOINT: local(config.PORT_MAIL) }),
        ...(config.MAIL === "smtp" && given(config, ["SMTP_URL"])),
        FILES_DIRECTORY: path.join(config.DATA_DIR, "files"),
        LOG_LEVEL: config.LOG_LEVEL,
        ...shared,
        ...given(config, [
          "BCRYPT_COST",
          "MESSAGES_PER_MINUTE",
          "CALLS_PER_10_SECONDS",
          "STRANGERS_PER_HOUR",
          "UPLOADS_PER_HOUR",
          "FILES_STORAGE",
          "FILES_BUCKET",
          "FILES_QUOTA_MB",
          "S3_ENDPOINT",
          "MAIL_FROM",
        ]),
      },
      { cwd: at("backend"), healthUrl: `${local(config.PORT_API)}/api/health/ready` },
    ),
    ...(config.FRONTEND === "on" ? [frontend] : []),
  ];
}
