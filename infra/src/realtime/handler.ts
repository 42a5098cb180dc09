import path from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { repository } from "../paths";
import type { StageStack } from "../stage/stage-stack";

/** API Gateway waits 29 s for an answer; the calls behind it give up after 10. */
const timeout = Duration.seconds(25);

/** One of the handlers in websocket/src/handlers, bundled with all it needs by esbuild on the machine that deploys. */
export class Handler extends NodejsFunction {
  constructor(scope: StageStack, name: "connect" | "disconnect" | "message", environment: Record<string, string>) {
    const logGroup = new LogGroup(scope, `${name}Logs`, {
      logGroupName: `/connectbest/${scope.config.stage}/lambda/${name}`,
      retention: scope.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not AWS's managed policy, which may write to every log group of the account.
    const role = new Role(scope, `${name}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, name, {
      description: `ConnectBest Chat, ${scope.config.stage}: ${name}`,
      entry: path.join(repository, "websocket/src/handlers", `${name}.ts`),
      projectRoot: repository,
      depsLockFilePath: path.join(repository, "package-lock.json"),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout,
      environment,
      role,
      logGroup,
      // Lines as they are written: CloudWatch makes metrics of those that say so.
      loggingFormat: LoggingFormat.TEXT,
      bundling: {
        format: OutputFormat.CJS,
        target: "node24",
        minify: true,
        keepNames: true,
        // All of it, the SDK too: what runs is what was tested, not what the runtime happens to bring.
        externalModules: [],
      },
    });
  }
}
