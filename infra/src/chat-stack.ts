import { Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** The production system's stack: the app that carries it is in place, its resources come with the deployment work. */
export class ChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { description: "ConnectBest Chat", ...props });
    Tags.of(this).add("application", "connectbest-chat");
  }
}
