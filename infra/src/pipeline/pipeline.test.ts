import { resourcesOf, show, stages } from "../testing/templates";

const repositories = {
  production: "example/connectbest-chat",
  staging: "example/connectbest-chat",
  // A repository made since July 2026: GitHub's tokens name it with its ids.
  full: "example@12345/chat@67890",
};

describe.each(stages)("%s", (stage) => {
  const roles = () =>
    Object.values(resourcesOf(stage, "Pipeline", "AWS::IAM::Role")).map(
      ({ Properties }) => Properties as { AssumeRolePolicyDocument: { Statement: Record<string, unknown>[] } },
    );

  it("keeps two kinds of images: looked through when pushed, never overwritten, the old ones removed", () => {
    const found = Object.values(resourcesOf(stage, "Pipeline", "AWS::ECR::Repository"));
    expect(found.map(({ Properties }) => Properties["RepositoryName"]).sort()).toEqual([
      `connectbest/${stage}/backend`,
      `connectbest/${stage}/frontend`,
    ]);
    for (const { Properties } of found) {
      expect(Properties).toMatchObject({
        ImageScanningConfiguration: { ScanOnPush: true },
        ImageTagMutability: "IMMUTABLE",
      });
      expect(JSON.stringify(Properties["LifecyclePolicy"])).toContain("imageCountMoreThan");
    }
    const open = Object.keys(resourcesOf(stage, "Pipeline", "AWS::ECR::PublicRepository"));
    expect(open).toHaveLength(stage === "full" ? 2 : 0);
  });

  it("goes with its images where data need not be kept, and stays otherwise", () => {
    for (const { Properties, DeletionPolicy } of Object.values(resourcesOf(stage, "Pipeline", "AWS::ECR::Repository")))
      expect([DeletionPolicy, Properties["EmptyOnDelete"] ?? false]).toEqual(
        stage === "staging" || stage === "bare" ? ["Delete", true] : ["Retain", false],
      );
  });

  it("lets GitHub in by its word for one repository, and deploy from this stage's environment alone", () => {
    const repository = repositories[stage as keyof typeof repositories];
    const trusted = roles().map(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument.Statement[0]?.["Condition"]);
    const claims = (sub: string) => ({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": sub,
      },
    });
    expect(trusted).toEqual(
      repository ? [claims(`repo:${repository}:environment:${stage}`), claims(`repo:${repository}:pull_request`)] : [],
    );
    for (const { AssumeRolePolicyDocument } of roles())
      expect(AssumeRolePolicyDocument.Statement[0]?.["Action"]).toBe("sts:AssumeRoleWithWebIdentity");
  });

  it("makes GitHub's provider where it is asked to, and uses the account's otherwise", () => {
    const made = Object.keys(resourcesOf(stage, "Pipeline", "AWS::IAM::OIDCProvider"));
    expect(made).toHaveLength(stage === "production" || stage === "full" ? 1 : 0);
  });

  it("gives pull requests no right but to read templates", () => {
    const policies = Object.entries(resourcesOf(stage, "Pipeline", "AWS::IAM::Policy"));
    const diff = policies.find(([id]) => id.startsWith("DiffRole"))?.[1].Properties["PolicyDocument"] as
      { Statement: { Action: string | string[]; Resource: unknown }[] } | undefined;
    if (stage === "bare") return expect(policies).toEqual([]);
    const here = (service: string) => `arn:{AWS::Partition}:${service}:{AWS::Region}:{AWS::AccountId}`;
    expect(diff?.Statement.map(({ Action, Resource }) => [Action, show(Resource)])).toEqual([
      [
        ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
        `${here("cloudformation")}:stack/ConnectBest-${stage}-*/*`,
      ],
      ["ssm:GetParameter", `${here("ssm")}:parameter/cdk-bootstrap/hnb659fds/version`],
    ]);
  });
});
