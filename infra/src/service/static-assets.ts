import { Duration } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { ARecord, RecordTarget, type IHostedZone } from "aws-cdk-lib/aws-route53";
import { CloudFrontTarget } from "aws-cdk-lib/aws-route53-targets";
import { Construct } from "constructs";
import type { StageConfig } from "../stage/stage-config";
import type { StageStack } from "../stage/stage-stack";

/** What never changes under its name: nothing of the application itself, nor of anybody's, is to be had here. */
const onlyAssets = `function handler(event) {
  var uri = event.request.uri;
  if (uri.indexOf("/_next/static/") === 0 || uri.indexOf("/fonts/") === 0) return event.request;
  return { statusCode: 404, statusDescription: "Not Found" };
}`;

/** CloudFront before the frontend's immutable files, near whoever opens them. */
export class StaticAssets extends Construct {
  constructor(
    stack: StageStack,
    id: string,
    { domainName, certificateArn }: NonNullable<StageConfig["assets"]>,
    zone: IHostedZone | undefined,
  ) {
    super(stack, id);
    const origin = stack.config.domainName;
    const distribution = new Distribution(this, "Distribution", {
      comment: `ConnectBest Chat, ${stack.config.stage}: static assets`,
      domainNames: [domainName],
      certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: new HttpOrigin(origin, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        compress: true,
        // Keyed by the path alone, and kept for as long as the frontend says: a year.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: new ResponseHeadersPolicy(this, "Headers", {
          corsBehavior: {
            accessControlAllowOrigins: [`https://${origin}`],
            accessControlAllowMethods: ["GET", "HEAD"],
            accessControlAllowHeaders: ["*"],
            accessControlAllowCredentials: false,
            accessControlMaxAge: Duration.days(1),
            originOverride: true,
          },
        }),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, "OnlyAssets", {
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(onlyAssets),
            }),
          },
        ],
      },
    });
    if (!zone) return;
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    new ARecord(this, "Address", { zone, recordName: `${domainName}.`, target });
  }
}
