import { CfnOutput } from "aws-cdk-lib";
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  NatProvider,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";
import type { StageConfig } from "../stage/stage-config";
import { StageStack } from "../stage/stage-stack";
import { LogBucket } from "./log-bucket";

/** Two zones; what faces the internet in public subnets, what does the work in private ones. Deployed once, seldom changed. */
export class NetworkStack extends StageStack {
  readonly vpc: Vpc;
  readonly logBucket: LogBucket;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, "Network", config, "network and logs of traffic");
    this.logBucket = new LogBucket(this, "Logs");

    const addresses = Array.from({ length: config.natGateways }, (_, i) => new CfnEIP(this, `Address${i + 1}`));
    this.vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.0.0.0/16"),
      maxAzs: 2,
      natGateways: config.natGateways,
      natGatewayProvider: NatProvider.gateway({ eipAllocationIds: addresses.map((one) => one.attrAllocationId) }),
      subnetConfiguration: [
        { name: "public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: "private", subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
    });
    // Free of charge, and what passes through them does not pay the NAT gateway.
    this.vpc.addGatewayEndpoint("S3", { service: GatewayVpcEndpointAwsService.S3 });
    this.vpc.addGatewayEndpoint("DynamoDb", { service: GatewayVpcEndpointAwsService.DYNAMODB });
    this.vpc.addFlowLog("Flow", {
      destination: FlowLogDestination.toS3(this.logBucket, "flow"),
      trafficType: FlowLogTrafficType.REJECT,
    });

    new CfnOutput(this, "OutgoingAddresses", {
      description: "The addresses from which the tasks call out: allow them in MongoDB Atlas.",
      value: addresses.map((one) => one.attrPublicIp).join(" "),
    });
  }
}
