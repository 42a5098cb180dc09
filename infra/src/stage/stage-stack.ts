import { RemovalPolicy, Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { StageConfig } from "./stage-config";

/** A stack of one stage: `ConnectBest-production-Network`. It takes account and region from whoever deploys it. */
export class StageStack extends Stack {
  constructor(
    scope: Construct,
    readonly part: string,
    readonly config: StageConfig,
    description: string,
  ) {
    super(scope, `ConnectBest-${config.stage}-${part}`, {
      description: `ConnectBest Chat, ${config.stage}: ${description}`,
      terminationProtection: config.retainData,
    });
    Tags.of(this).add("application", "connectbest-chat");
    Tags.of(this).add("stage", config.stage);
  }

  /** `connectbest/production/jwt`: the name of what people look for by name. */
  named(name: string): string {
    return `connectbest/${this.config.stage}/${name}`;
  }

  /** For what nobody could make again. */
  get removal(): RemovalPolicy {
    return this.config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
