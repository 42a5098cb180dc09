import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { ChatSystem } from "./chat-system";

export interface Acknowledgement {
  /** A rule of cdk-nag's AwsSolutions, and for rights the very finding: a new one is not covered. */
  id: string;
  /** Where, as a path below the stack. */
  at: string;
  reason: string;
}

type StackName = keyof ChatSystem["stacks"];

const wildcard = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;
const here = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;

const secrets: Acknowledgement[] = ["jwt", "service", "frontend", "next-auth", "encryption"].map((name) => ({
  id: "AwsSolutions-SMG4",
  at: `Secrets/${name}`,
  reason:
    "Changed by hand, with a time in which the old value is still accepted (docs/deployment/secrets.md): a change by the clock would sign everybody out, or need the data to be encrypted anew.",
}));

const posts = (api: string, at: string): Acknowledgement[] =>
  ["POST", "DELETE"].map((method) => ({
    id: wildcard(`${here("execute-api")}:${api}/live/${method}/@connections/*`),
    at,
    reason: "Connections have ids that nobody knows before they are made. The right ends at this stage of this API.",
  }));

/** Every rule that is not followed, and why. */
export const acknowledged = (stage: string): Record<StackName, Acknowledgement[]> => ({
  pipeline: [
    {
      id: wildcard("*"),
      at: "DeployRole",
      reason: "ecr:GetAuthorizationToken knows no resource. Pushing and pulling are limited to the two repositories.",
    },
    {
      id: wildcard(`${here("ecs")}:service/ConnectBest-${stage}-*/*`),
      at: "DeployRole",
      reason: "The names of cluster and service are made by CloudFormation. Reading only, of this stage only.",
    },
    {
      id: wildcard(`${here("cloudformation")}:stack/ConnectBest-${stage}-*/*`),
      at: "DeployRole",
      reason: "A stack's ARN ends in an id that is made with it. Reading only, of this stage only.",
    },
    {
      id: wildcard(`${here("cloudformation")}:stack/ConnectBest-${stage}-*/*`),
      at: "DiffRole",
      reason: "A stack's ARN ends in an id that is made with it. Templates only, of this stage only.",
    },
  ],
  network: [
    {
      id: "AwsSolutions-S1",
      at: "Logs",
      reason: "This is the bucket of logs: logging its own access would write to itself for ever.",
    },
  ],
  data: secrets,
  realtime: [
    {
      id: "AwsSolutions-APIG4",
      at: "SocketApi",
      reason:
        "$connect takes a single-use ticket of 60 seconds, checked by its handler and the API; every other route is of a connection that was let in.",
    },
    {
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
      at: "SocketApi/AccountLogging/Role",
      reason:
        "API Gateway takes one role for the logs of a whole account, and refuses one that may do less; only API Gateway may assume it.",
    },
    ...["connectRole", "disconnectRole", "messageRole"].flatMap((role) => posts("<SocketApi9DED0CBC>", role)),
  ],
  service: [
    {
      id: "AwsSolutions-EC23",
      at: "LoadBalancer/SecurityGroup",
      reason: "The load balancer is the door for everybody: http and https, nothing else.",
    },
    {
      id: "AwsSolutions-ECS2",
      at: "Task",
      reason: "What stands in the environment is settings; every secret comes from Secrets Manager (tested).",
    },
    {
      id: wildcard("*"),
      at: "Task/ExecutionRole",
      reason: "ecr:GetAuthorizationToken knows no resource. Pulling is limited to the two repositories.",
    },
    {
      id: wildcard(`ConnectBest-${stage}-Data:ExportsOutputFnGetAttFiles8E6940B8ArnD8EE6C03/files/*`),
      at: "Task/TaskRole",
      reason: "Files have keys that nobody can guess. The right ends at this folder of this bucket.",
    },
    {
      id: wildcard(`${here("ses")}:identity/*`),
      at: "Task/TaskRole",
      reason:
        "In SES's sandbox alone (mailSandbox): there whoever is written to is an identity too. Mail still leaves in the name of the one sender.",
    },
    ...posts(`ConnectBest-${stage}-Realtime:ExportsOutputRefSocketApi9DED0CBCF7A01009`, "Task/TaskRole"),
    {
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers]",
      at: "Traffic/ShiftRole",
      reason: "The policy that ECS asks for when it moves traffic; only ECS may assume the role.",
    },
    ...(["CFR1", "CFR2", "CFR3"] as const).map((rule) => ({
      id: `AwsSolutions-${rule}`,
      at: "StaticAssets",
      reason:
        "It serves what is the same for everybody and public, from a cache: there is nothing to fence by country, to attack, or to account for.",
    })),
  ],
  observability: [],
});

/** The construct at a path, or none: some are there in some stages only. */
function find(root: IConstruct, path: string): IConstruct | undefined {
  let construct: IConstruct | undefined = root;
  for (const id of path.split("/")) construct = construct?.node.tryFindChild(id);
  return construct;
}

export function acknowledge(system: ChatSystem): void {
  const all = acknowledged(system.network.config.stage);
  for (const [name, stack] of Object.entries(system.stacks))
    for (const { id, at, reason } of all[name as StackName]) {
      const construct = find(stack, at);
      if (construct) Validations.of(construct).acknowledge({ id, reason });
    }
}
