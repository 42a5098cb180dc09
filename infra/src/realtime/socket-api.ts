import { Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { ClientFrame } from "@connectbest/contract";
import { Construct } from "constructs";
import type { StageStack } from "../stage/stage-stack";
import { AccountLogging } from "./account-logging";

/** Every action that a client may send, as the contract lists them. */
const actions = ClientFrame.options.map((frame) => frame.shape.action.value);

const stageName = "live";

/** Who, what, how it ended: never what was said, nor the ticket in the query. */
const accessLog = JSON.stringify({
  requestId: "$context.requestId",
  connectionId: "$context.connectionId",
  eventType: "$context.eventType",
  routeKey: "$context.routeKey",
  status: "$context.status",
  error: "$context.error.message",
  integrationError: "$context.integrationErrorMessage",
  latency: "$context.integrationLatency",
  sourceIp: "$context.identity.sourceIp",
  time: "$context.requestTime",
});

/** API Gateway's WebSocket API: a route for each action, one for everything else. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly #stage: WebSocketStage;

  constructor(stack: StageStack, id: string) {
    super(stack, id);
    this.api = new WebSocketApi(this, "Api", {
      apiName: `connectbest-${stack.config.stage}`,
      description: `ConnectBest Chat, ${stack.config.stage}`,
      routeSelectionExpression: "$request.body.action",
    });
    const logGroup = new LogGroup(this, "AccessLogs", {
      logGroupName: `/connectbest/${stack.config.stage}/websocket`,
      retention: stack.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#stage = new WebSocketStage(this, "Stage", {
      webSocketApi: this.api,
      stageName,
      autoDeploy: true,
      // One installation must not use up what the account may call: its limit is 10,000 a second.
      throttle: { rateLimit: 2000, burstLimit: 1000 },
      // Per route they would be billed as thirty metrics of our own; the stage as a whole is counted anyway.
      detailedMetricsEnabled: false,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(accessLog),
      },
    });
    this.#stage.node.addDependency(new AccountLogging(this, "AccountLogging"));
  }

  /** `wss://…`, for browsers. */
  get url(): string {
    return this.#stage.url;
  }

  /** `https://…`, for whoever posts to connections. Written out: the stage's own attribute would make a circle with the handlers. */
  get callbackUrl(): string {
    return `https://${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${stageName}`;
  }

  get apiId(): string {
    return this.api.apiId;
  }

  answerWith({ connect, disconnect, message }: Record<"connect" | "disconnect" | "message", IFunction>): void {
    const route = (key: string, handler: IFunction) =>
      this.api.addRoute(key, {
        integration: new WebSocketLambdaIntegration(`${key.replace("$", "")}Integration`, handler),
      });
    route("$connect", connect);
    route("$disconnect", disconnect);
    route("$default", message);
    for (const action of actions) route(action, message);
  }

  /** Lets somebody post to this stage's connections and close them. */
  grantPost(grantee: IGrantable): void {
    const connections = (method: string) =>
      Stack.of(this).formatArn({
        service: "execute-api",
        resource: this.api.apiId,
        resourceName: `${stageName}/${method}/@connections/*`,
      });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["execute-api:ManageConnections"],
        resources: [connections("POST"), connections("DELETE")],
      }),
    );
  }
}
