import { CfnOutput } from "aws-cdk-lib";
import { CfnPublicRepository, Repository, RepositoryEncryption, TagMutability, TagStatus } from "aws-cdk-lib/aws-ecr";
import { Duration } from "aws-cdk-lib";
import {
  OidcProviderNative,
  OpenIdConnectPrincipal,
  PolicyStatement,
  Role,
  type IOidcProvider,
} from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { repositoryName } from "../service/images";
import type { ContainerName } from "../service/routing";
import type { StageConfig } from "../stage/stage-config";
import { StageStack } from "../stage/stage-stack";

const issuer = "token.actions.githubusercontent.com";
/** What `cdk bootstrap` puts in the names of the roles that deploy, unless told otherwise. */
const qualifier = "hnb659fds";
/** Images kept to go back to. */
const releasesKept = 30;

/** Where the pipeline keeps its images, and what it may do. Deployed once by hand, before the pipeline's first run. */
export class PipelineStack extends StageStack {
  constructor(scope: Construct, config: StageConfig) {
    super(scope, "Pipeline", config, "images and the pipeline's rights");
    const repositories = (["frontend", "backend"] as const).map((name) => this.#repository(name));
    if (config.github) this.#roles(config.github, repositories);
  }

  #repository(name: ContainerName): Repository {
    if (this.config.publicImages)
      new CfnPublicRepository(this, `${name}Public`, { repositoryName: repositoryName(this.config.stage, name) });
    return new Repository(this, name, {
      repositoryName: repositoryName(this.config.stage, name),
      imageScanOnPush: true,
      // A tag is a commit: what it stands for never changes.
      imageTagMutability: TagMutability.IMMUTABLE,
      encryption: RepositoryEncryption.AES_256,
      lifecycleRules: [
        { rulePriority: 1, tagStatus: TagStatus.UNTAGGED, maxImageAge: Duration.days(7) },
        { rulePriority: 2, tagStatus: TagStatus.ANY, maxImageCount: releasesKept },
      ],
      removalPolicy: this.removal,
      // A repository that holds images is not removed otherwise.
      emptyOnDelete: !this.config.retainData,
    });
  }

  #roles({ repository, createProvider }: NonNullable<StageConfig["github"]>, repositories: Repository[]): void {
    const provider = createProvider
      ? new OidcProviderNative(this, "GitHub", { url: `https://${issuer}`, clientIds: ["sts.amazonaws.com"] })
      : OidcProviderNative.fromOidcProviderArn(
          this,
          "GitHub",
          this.formatArn({ service: "iam", region: "", resource: "oidc-provider", resourceName: issuer }),
        );
    const deploy = this.#role("Deploy", provider, `repo:${repository}:environment:${this.config.stage}`);
    for (const images of repositories) images.grantPullPush(deploy);
    this.#allow(deploy, ["deploy-role", "file-publishing-role", "lookup-role"]);
    this.#watch(deploy);

    // Reads the templates as they are, and nothing else: the bootstrap's own role for looking may read nearly the whole account, and
    // what a pull request runs is written by whoever may push a branch. cdk goes on with the role that it has.
    const diff = this.#role("Diff", provider, `repo:${repository}:pull_request`);
    this.#read(diff);
    new CfnOutput(this, "DeployRoleArn", {
      description: "AWS_DEPLOY_ROLE of the GitHub environment.",
      value: deploy.roleArn,
    });
    new CfnOutput(this, "DiffRoleArn", { description: "AWS_DIFF_ROLE of the GitHub repository.", value: diff.roleArn });
  }

  #role(name: string, provider: IOidcProvider, subject: string): Role {
    return new Role(this, `${name}Role`, {
      description: `GitHub Actions, ${subject}`,
      maxSessionDuration: Duration.hours(name === "Deploy" ? 2 : 1),
      assumedBy: new OpenIdConnectPrincipal(provider, {
        StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject },
      }),
    });
  }

  /** Everything else is done by the roles of `cdk bootstrap`, each of which may do its own part. */
  #allow(role: Role, bootstrapRoles: string[]): void {
    const arn = (name: string) =>
      this.formatArn({
        service: "iam",
        region: "",
        resource: "role",
        resourceName: `cdk-${qualifier}-${name}-${this.account}-${this.region}`,
      });
    role.addToPolicy(new PolicyStatement({ actions: ["sts:AssumeRole"], resources: bootstrapRoles.map(arn) }));
  }

  /** The templates of this stage's stacks, and which version of the bootstrap there is. */
  #read(role: Role): void {
    role.addToPolicy(
      new PolicyStatement({
        actions: ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
        resources: [this.#stacks()],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ["ssm:GetParameter"],
        resources: [
          this.formatArn({ service: "ssm", resource: "parameter", resourceName: `cdk-bootstrap/${qualifier}/version` }),
        ],
      }),
    );
  }

  #stacks(): string {
    return this.formatArn({
      service: "cloudformation",
      resource: "stack",
      resourceName: `ConnectBest-${this.config.stage}-*/*`,
    });
  }

  /** Waiting until the service is stable, and reading the addresses for the smoke test. */
  #watch(role: Role): void {
    const mine = `ConnectBest-${this.config.stage}-*`;
    role.addToPolicy(
      new PolicyStatement({
        actions: ["ecs:DescribeServices"],
        resources: [this.formatArn({ service: "ecs", resource: "service", resourceName: `${mine}/*` })],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ["cloudformation:DescribeStacks"],
        resources: [this.#stacks()],
      }),
    );
  }
}
