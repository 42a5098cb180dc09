import { Aws, CfnOutput, Duration } from "aws-cdk-lib";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { Port, SecurityGroup, SubnetType } from "aws-cdk-lib/aws-ec2";
import { type CfnService, Cluster, ContainerInsights, DeploymentStrategy, FargateService } from "aws-cdk-lib/aws-ecs";
import { HostedZone } from "aws-cdk-lib/aws-route53";
import type { Construct } from "constructs";
import type { DataStack } from "../data/data-stack";
import type { NetworkStack } from "../network/network-stack";
import type { RealtimeStack } from "../realtime/realtime-stack";
import type { StageConfig } from "../stage/stage-config";
import { StageStack } from "../stage/stage-stack";
import { apiEnvironment, apiSecrets, frontendEnvironment, frontendSecrets } from "./environment";
import { Firewall } from "./firewall";
import { imageOf, type ImageSource } from "./images";
import { LoadBalancer } from "./load-balancer";
import { containers } from "./routing";
import { scale } from "./scaling";
import { StaticAssets } from "./static-assets";
import { Task } from "./task";
import { BlueGreenTraffic, RollingTraffic, type Traffic } from "./traffic";

/** For as long a new task may bring the data to its shape before it is taken for broken. A migration that takes longer goes on with the next. */
const startingTime = Duration.minutes(10);

interface Parts {
  network: NetworkStack;
  data: DataStack;
  realtime: RealtimeStack;
  images: ImageSource;
}

/** The programs themselves, and the door to them: what every release changes. */
export class ServiceStack extends StageStack {
  readonly balancer: LoadBalancer;
  readonly traffic: Traffic;
  readonly service: FargateService;

  constructor(scope: Construct, config: StageConfig, { network, data, realtime, images }: Parts) {
    super(scope, "Service", config, "load balancer, frontend and API");
    const { vpc, logBucket } = network;
    const zone =
      config.hostedZone &&
      HostedZone.fromHostedZoneAttributes(this, "Zone", {
        hostedZoneId: config.hostedZone.id,
        zoneName: config.hostedZone.name,
      });
    this.balancer = new LoadBalancer(this, "LoadBalancer", { vpc, logBucket, zone });
    new Firewall(this, "Firewall", this.balancer.balancer.loadBalancerArn);
    const isBlueGreen = config.deployment === "blue-green";
    this.traffic = new (isBlueGreen ? BlueGreenTraffic : RollingTraffic)(this, "Traffic", vpc, this.balancer);

    const task = this.#task(config, data, realtime, images);
    this.service = new FargateService(this, "Service", {
      cluster: new Cluster(this, "Cluster", { vpc, containerInsightsV2: ContainerInsights.ENABLED }),
      taskDefinition: task,
      desiredCount: config.task.min,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      ...(isBlueGreen && { deploymentStrategy: DeploymentStrategy.BLUE_GREEN, bakeTime: Duration.minutes(5) }),
      healthCheckGracePeriod: startingTime,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [this.#taskSecurityGroup(vpc)],
      assignPublicIp: false,
      enableExecuteCommand: false,
    });
    // Named only for CDK's sake: a deployment must not send home the tasks that the load has called for.
    (this.service.node.defaultChild as CfnService).addPropertyDeletionOverride("DesiredCount");
    this.traffic.attach(this.service);
    scale(this.service, config, isBlueGreen ? [] : this.traffic.targetGroups);
    if (config.assets) new StaticAssets(this, "StaticAssets", config.assets, zone);

    new CfnOutput(this, "ApplicationUrl", {
      description: "Where people open it.",
      value: `https://${config.domainName}`,
    });
    new CfnOutput(this, "LoadBalancerName", {
      description: "Where the domain's name must point, when its DNS is not kept in this account.",
      value: this.balancer.balancer.loadBalancerDnsName,
    });
    if (images.imageTag)
      new CfnOutput(this, "ImageTag", { description: "What the pipeline goes back to.", value: images.imageTag });
    new CfnOutput(this, "ClusterName", { value: this.service.cluster.clusterName });
    new CfnOutput(this, "ServiceName", { value: this.service.serviceName });
  }

  #task(config: StageConfig, data: DataStack, realtime: RealtimeStack, images: ImageSource): Task {
    const setting = {
      config,
      region: Aws.REGION,
      webSocketUrl: realtime.socketApi.url,
      callbackUrl: realtime.socketApi.callbackUrl,
      table: data.connections.tableName,
      filesBucket: data.files.bucketName,
      filesOrigin: `https://${data.files.bucketRegionalDomainName}`,
    };
    const task = new Task(this, "Task");
    task.run(this, "backend", {
      image: imageOf(this, "backend", images),
      environment: apiEnvironment(setting),
      secrets: apiSecrets(config, data.secrets),
    });
    task.run(this, "frontend", {
      image: imageOf(this, "frontend", images),
      environment: frontendEnvironment(setting),
      secrets: frontendSecrets(config, data.secrets),
    });
    const { taskRole } = task;
    data.connections.grantUse(taskRole);
    data.files.grantUse(taskRole);
    data.mail.grantSend(taskRole);
    realtime.grantPost(taskRole);
    return task;
  }

  #taskSecurityGroup(vpc: IVpc): SecurityGroup {
    const group = new SecurityGroup(this, "TaskSecurityGroup", {
      vpc,
      description: "ConnectBest Chat: the tasks",
      // MongoDB, web hooks, push services and linked pages are anywhere.
      allowAllOutbound: true,
    });
    for (const { port } of Object.values(containers))
      group.addIngressRule(this.balancer.securityGroup, Port.tcp(port), "From the load balancer alone");
    return group;
  }
}
