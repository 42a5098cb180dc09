import { Aws, Stack } from "aws-cdk-lib";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import { CnameRecord, HostedZone, MxRecord, TxtRecord } from "aws-cdk-lib/aws-route53";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { mailDomainOf, senderOf } from "../stage/stage-config";
import type { StageStack } from "../stage/stage-stack";

/** The right to send mail in the name of the domain: signed by DKIM, aligned with SPF, and DMARC's word on what is not ours. */
export class MailIdentity extends Construct {
  readonly #domain: string;
  readonly #sender: string;
  readonly #isSandbox: boolean;
  readonly #configurationSet: ConfigurationSet;

  constructor(stack: StageStack, id: string) {
    super(stack, id);
    const { config } = stack;
    this.#domain = mailDomainOf(config);
    this.#sender = senderOf(config);
    this.#isSandbox = config.mailSandbox;
    this.#configurationSet = new ConfigurationSet(this, "ConfigurationSet", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const mailFromDomain = `bounce.${this.#domain}`;
    const identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(this.#domain),
      configurationSet: this.#configurationSet,
      mailFromDomain,
      dkimSigning: true,
    });
    if (!config.hostedZone) return;
    const { id: hostedZoneId, name: zoneName } = config.hostedZone;
    const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId, zoneName });
    identity.dkimRecords.forEach(
      ({ name, value }, i) =>
        // Names are known to CloudFormation only; a dot at the end says that they are whole.
        new CnameRecord(this, `Dkim${i + 1}`, { zone, recordName: `${name}.`, domainName: value }),
    );
    new MxRecord(this, "BounceMx", {
      zone,
      recordName: `${mailFromDomain}.`,
      values: [{ priority: 10, hostName: `feedback-smtp.${Aws.REGION}.amazonses.com` }],
    });
    new TxtRecord(this, "BounceSpf", {
      zone,
      recordName: `${mailFromDomain}.`,
      values: ["v=spf1 include:amazonses.com -all"],
    });
    new TxtRecord(this, "Dmarc", {
      zone,
      recordName: `_dmarc.${this.#domain}.`,
      values: ["v=DMARC1; p=quarantine; adkim=r; aspf=r"],
    });
  }

  /** Lets somebody send mail as the stage's sender, and as nobody else. */
  grantSend(grantee: IGrantable): void {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: "ses", resource, resourceName });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail", "ses:SendRawEmail"],
        resources: [
          arn("identity", this.#domain),
          arn("configuration-set", this.#configurationSet.configurationSetName),
          ...(this.#isSandbox ? [arn("identity", "*")] : []),
        ],
        conditions: { StringEquals: { "ses:FromAddress": this.#sender } },
      }),
    );
  }
}
