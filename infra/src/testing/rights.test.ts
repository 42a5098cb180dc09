import { acknowledged } from "../acknowledged";
import { parts, resourcesOf, show, stages, type Part, type Stage } from "./templates";

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

function* statementsOf(stage: Stage, part: Part): Generator<[id: string, Statement]> {
  for (const [id, { Properties }] of Object.entries(resourcesOf(stage, part, "AWS::IAM::Policy")))
    for (const statement of (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement)
      yield [id, statement];
}

/** What knows no narrower resource than all. */
const onlyForAll = new Set(["ecr:GetAuthorizationToken"]);

describe.each(stages.flatMap((stage) => parts.map((part) => [stage, part] as const)))("%s %s", (stage, part) => {
  it("gives no right to all resources where a narrower one exists, and none to all actions", () => {
    for (const [id, { Effect, Action, Resource }] of statementsOf(stage, part)) {
      if (Effect !== "Allow") continue;
      for (const action of list(Action)) {
        expect([id, action]).toEqual([id, expect.not.stringMatching(/\*/)]);
        if (list(Resource).some((resource) => resource === "*"))
          expect([id, onlyForAll.has(action)]).toEqual([id, true]);
      }
    }
  });

  it("ends no right in a wildcard but below a folder, a stage of an API or a stage of ours", () => {
    const wide = [...statementsOf(stage, part)]
      .flatMap(([, { Resource }]) => list(Resource).map(show))
      .filter((resource) => resource.includes("*") && resource !== "*");
    for (const resource of wide)
      expect(resource).toMatch(
        /\/files\/\*$|:ses:.*:identity\/\*$|\/live\/(POST|DELETE)\/@connections\/\*$|:(stack|service)\/ConnectBest-\w+-\*\/\*$/,
      );
  });

  it("takes no managed policy but those by which ECS shifts traffic and API Gateway writes logs", () => {
    const managed = Object.values(resourcesOf(stage, part, "AWS::IAM::Role")).flatMap(
      ({ Properties }) => (Properties["ManagedPolicyArns"] as unknown[] | undefined) ?? [],
    );
    for (const policy of managed)
      expect(show(policy)).toMatch(
        /\/(AmazonECSInfrastructureRolePolicyForLoadBalancers|AmazonAPIGatewayPushToCloudWatchLogs)$/,
      );
  });
});

it("the task may use what the API uses, each in its own place", () => {
  const rights = [...statementsOf("production", "Service")]
    .filter(([id]) => id.startsWith("TaskTaskRole"))
    .flatMap(([, { Action }]) => list(Action))
    .sort();
  expect(rights).toEqual(
    [
      ...["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map((one) => `dynamodb:${one}`),
      "dynamodb:Query",
      "execute-api:ManageConnections",
      ...["AbortMultipartUpload", "DeleteObject", "GetObject", "ListBucket", "PutObject"].map((one) => `s3:${one}`),
      "ses:SendEmail",
      "ses:SendRawEmail",
    ].sort(),
  );
});

it.each([
  ["production", "no-reply@chat.example.com", ["identity/chat.example.com"]],
  // In the sandbox SES asks for the right to whoever is written to as well.
  ["full", "no-reply@example.org", ["identity/*", "identity/example.org"]],
] as const)("%s: mail leaves in the name of the stage's own sender alone", (stage, sender, identities) => {
  const [mail] = [...statementsOf(stage, "Service")].filter(([, { Action }]) => list(Action).includes("ses:SendEmail"));
  expect(mail?.[1].Condition).toEqual({ StringEquals: { "ses:FromAddress": sender } });
  const resources = list(mail?.[1].Resource).map((one) => show(one).split(":").at(-1) ?? "");
  expect(resources.filter((one) => one.startsWith("identity/"))).toEqual(identities);
});

it("every rule that is not followed says why", () => {
  for (const { reason } of Object.values(acknowledged("production")).flat()) expect(reason.length).toBeGreaterThan(40);
});
