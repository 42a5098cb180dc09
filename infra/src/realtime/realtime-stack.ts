import { CfnOutput } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { DataStack } from "../data/data-stack";
import type { StageConfig } from "../stage/stage-config";
import { StageStack } from "../stage/stage-stack";
import { Handler } from "./handler";
import { lambdaEnvironment } from "./lambda-environment";
import { SocketApi } from "./socket-api";

/** The WebSocket: API Gateway holds the connections, three Lambdas answer them. */
export class RealtimeStack extends StageStack {
  readonly socketApi: SocketApi;
  readonly handlers: LambdaFunction[];

  constructor(scope: Construct, config: StageConfig, data: DataStack) {
    super(scope, "Realtime", config, "WebSocket API and its handlers");
    this.socketApi = new SocketApi(this, "SocketApi");
    const environment = lambdaEnvironment({
      config,
      table: data.connections.tableName,
      secrets: data.secrets,
      callbackUrl: this.socketApi.callbackUrl,
    });
    const handlers = {
      connect: new Handler(this, "connect", environment),
      disconnect: new Handler(this, "disconnect", environment),
      message: new Handler(this, "message", environment),
    };
    this.handlers = Object.values(handlers);
    this.socketApi.answerWith(handlers);
    for (const handler of this.handlers) {
      data.connections.grantUse(handler);
      data.secrets.jwt.grantRead(handler);
      data.secrets.service.grantRead(handler);
      this.socketApi.grantPost(handler);
    }
    new CfnOutput(this, "WebSocketUrl", {
      description: "Where browsers open the WebSocket.",
      value: this.socketApi.url,
    });
  }

  grantPost(grantee: IGrantable): void {
    this.socketApi.grantPost(grantee);
  }
}
