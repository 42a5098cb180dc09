import { Duration } from "aws-cdk-lib";
import { Certificate, CertificateValidation, type ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import { Port, SecurityGroup, Peer, type IVpc } from "aws-cdk-lib/aws-ec2";
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  DesyncMitigationMode,
  type IApplicationTargetGroup,
  ListenerAction,
  SslPolicy,
} from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { ARecord, RecordTarget, type IHostedZone } from "aws-cdk-lib/aws-route53";
import { LoadBalancerTarget } from "aws-cdk-lib/aws-route53-targets";
import { Construct } from "constructs";
import type { LogBucket } from "../network/log-bucket";
import type { StageStack } from "../stage/stage-stack";

interface Place {
  vpc: IVpc;
  logBucket: LogBucket;
  zone: IHostedZone | undefined;
}

/** The one door from the internet: TLS ends here, what comes by http is sent to https. */
export class LoadBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;
  readonly securityGroup: SecurityGroup;
  readonly #certificate: ICertificate;

  constructor(stack: StageStack, id: string, { vpc, logBucket, zone }: Place) {
    super(stack, id);
    const { certificateArn, domainName } = stack.config;
    this.#certificate = certificateArn
      ? Certificate.fromCertificateArn(this, "Certificate", certificateArn)
      : new Certificate(this, "Certificate", { domainName, validation: CertificateValidation.fromDns(zone) });
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      vpc,
      description: "ConnectBest Chat: the load balancer",
      allowAllOutbound: false,
    });
    for (const port of [80, 443])
      this.securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(port), "Everybody may knock.");
    this.balancer = new ApplicationLoadBalancer(this, "Balancer", {
      vpc,
      internetFacing: true,
      securityGroup: this.securityGroup,
      http2Enabled: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: DesyncMitigationMode.STRICTEST,
      // The programs keep idle connections for 65 s: it must not be they who close one that is being used.
      idleTimeout: Duration.seconds(60),
      deletionProtection: stack.config.retainData,
    });
    // CDK's own way needs to know the region, to name an account of Amazon's; the service itself may write in every region.
    this.balancer.setAttribute("access_logs.s3.enabled", "true");
    this.balancer.setAttribute("access_logs.s3.bucket", logBucket.bucketName);
    this.balancer.setAttribute("access_logs.s3.prefix", "alb");

    this.balancer.addListener("Http", {
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultAction: ListenerAction.redirect({ protocol: "HTTPS", port: "443", permanent: true }),
    });
    if (!zone) return;
    const target = RecordTarget.fromAlias(new LoadBalancerTarget(this.balancer));
    new ARecord(this, "Address", { zone, recordName: `${domainName}.`, target });
  }

  /** The listener of https; what no rule fits goes to `rest`. */
  listen(rest: IApplicationTargetGroup): ApplicationListener {
    return this.balancer.addListener("Https", {
      protocol: ApplicationProtocol.HTTPS,
      open: false,
      certificates: [this.#certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      // Forwarding, as every rule does: ECS refuses to shift traffic at a listener that also answers by itself.
      defaultAction: ListenerAction.forward([rest]),
    });
  }
}
