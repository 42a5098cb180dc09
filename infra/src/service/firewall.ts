import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import type { StageStack } from "../stage/stage-stack";

/** Five minutes of calls from one address of the handlers' (Lambda calls out from few). They prove who they are. */
const handlersCalls = 300_000;

const internal: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString: "/api/internal/",
    textTransformations: [{ priority: 0, type: "NORMALIZE_PATH" }],
  },
};

/** In the words and the shape of every other refusal of the API. */
const refusal = JSON.stringify({
  error: "Too many calls from your address. Wait five minutes, then try again.",
  code: "rate_limited",
  requestId: "",
});

/**
 * Refuses addresses that call beyond all reason, before they cost anything. Rules that look for attacks in what people write are not
 * here: a chat in which somebody quotes one must carry it.
 */
export class Firewall extends Construct {
  constructor(stack: StageStack, id: string, loadBalancerArn: string) {
    super(stack, id);
    const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      metricName: `connectbest-${stack.config.stage}-${metricName}`,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const atMost = (
      name: string,
      priority: number,
      limit: number,
      scopeDownStatement: CfnWebACL.StatementProperty,
    ): CfnWebACL.RuleProperty => ({
      name,
      priority,
      action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: "refusal" } } },
      statement: {
        rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec: 300, scopeDownStatement },
      },
      visibilityConfig: visible(name),
    });
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      customResponseBodies: { refusal: { contentType: "APPLICATION_JSON", content: refusal } },
      rules: [
        atMost("visitors", 0, stack.config.limits.callsPerAddress, { notStatement: { statement: internal } }),
        atMost("handlers", 1, handlersCalls, internal),
      ],
      visibilityConfig: visible("firewall"),
    });
    new CfnWebACLAssociation(this, "Association", { resourceArn: loadBalancerArn, webAclArn: acl.attrArn });
  }
}
