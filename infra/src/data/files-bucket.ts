import { Duration } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
  StorageClass,
  type IBucket,
} from "aws-cdk-lib/aws-s3";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { StageStack } from "../stage/stage-stack";

/** Days for which a deleted or overwritten file can be brought back. */
const undeleteDays = 30;

/** The bytes of uploads. Browsers read them by addresses that the API signs for minutes. */
export class FilesBucket extends Bucket {
  constructor(scope: StageStack, id: string, logs: IBucket) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        {
          noncurrentVersionExpiration: Duration.days(undeleteDays),
          expiredObjectDeleteMarker: true,
          // Files are looked at in their first weeks, and seldom after; S3 finds out by itself.
          transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }],
        },
      ],
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: [`https://${scope.config.domainName}`],
          allowedHeaders: ["range"],
          exposedHeaders: ["content-length", "content-range", "etag"],
          maxAge: 3600,
        },
      ],
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: "files/",
      removalPolicy: scope.removal,
    });
  }

  /** What the API does with it: see backend/src/files-storage/s3-storage.ts. */
  grantUse(grantee: IGrantable): void {
    const allow = (actions: string[], resource: string) =>
      grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      this.arnForObjects("files/*"),
    );
    // Without it a file that is not there is "forbidden", which sounds like a fault of ours.
    allow(["s3:ListBucket"], this.bucketArn);
  }
}
