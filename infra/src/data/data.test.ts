import { tableDefinition } from "@connectbest/websocket";
import { onlyOne, resourcesOf, stages, templateOf } from "../testing/templates";

describe.each(stages)("%s", (stage) => {
  it("has the table of connections as the handlers declare it, on demand, with expiry and recovery to any moment", () => {
    const table = onlyOne(stage, "Data", "AWS::DynamoDB::Table");
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = tableDefinition("");
    expect(table).toMatchObject({
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes,
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it("has a private bucket for files: TLS only, versioned, tidied up, read by our own pages alone", () => {
    const bucket = onlyOne(stage, "Data", "AWS::S3::Bucket");
    expect(bucket).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: "Enabled" },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    expect(JSON.stringify(bucket["BucketEncryption"])).toContain("AES256");
    const { Rules } = bucket["LifecycleConfiguration"] as { Rules: Record<string, unknown>[] };
    expect(Rules).toContainEqual({
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      Status: "Enabled",
    });
    expect(JSON.stringify(Rules)).toContain('"NoncurrentDays":30');
    const domains = { production: "chat.example.com", staging: "chat-staging.example.com" } as Record<string, string>;
    const { CorsRules } = bucket["CorsConfiguration"] as { CorsRules: Record<string, unknown>[] };
    expect(CorsRules).toHaveLength(1);
    expect(CorsRules[0]).toMatchObject({
      AllowedMethods: ["GET", "HEAD"],
      AllowedOrigins: [`https://${domains[stage] ?? `chat.example.${stage === "full" ? "org" : "net"}`}`],
    });
    const policy = JSON.stringify(onlyOne(stage, "Data", "AWS::S3::BucketPolicy"));
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain('"s3:TlsVersion":1.2');
  });

  it("makes its secrets itself, of 64 random letters and digits each", () => {
    const secrets = Object.values(resourcesOf(stage, "Data", "AWS::SecretsManager::Secret"));
    expect(secrets.map((secret) => secret.Properties["Name"]).sort()).toEqual(
      ["encryption", "frontend", "jwt", "next-auth", "service"].map((name) => `connectbest/${stage}/${name}`),
    );
    for (const { Properties } of secrets) {
      expect(Properties["SecretString"]).toBeUndefined();
      expect(Properties["GenerateSecretString"]).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
    }
  });

  it("proves its mail: DKIM, a domain for bounces, TLS, figures of reputation", () => {
    const identity = onlyOne(stage, "Data", "AWS::SES::EmailIdentity");
    expect(identity).toMatchObject({ DkimAttributes: { SigningEnabled: true } });
    expect(JSON.stringify(identity["ConfigurationSetAttributes"])).toContain("ConfigurationSet");
    expect(onlyOne(stage, "Data", "AWS::SES::ConfigurationSet")).toMatchObject({
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    const records = Object.values(resourcesOf(stage, "Data", "AWS::Route53::RecordSet"));
    const types = records.map((record) => record.Properties["Type"]).sort();
    expect(types).toEqual(stage === "bare" ? [] : ["CNAME", "CNAME", "CNAME", "MX", "TXT", "TXT"]);
  });

  it("outlives its stack, unless it is told not to", () => {
    const kept = stage === "staging" || stage === "bare" ? "Delete" : "Retain";
    for (const type of ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SecretsManager::Secret"])
      for (const { DeletionPolicy } of Object.values(resourcesOf(stage, "Data", type)))
        expect([type, DeletionPolicy]).toEqual([type, kept]);
    expect(templateOf(stage, "Data").toJSON()).toMatchObject({ Description: expect.stringContaining(stage) as string });
  });
});
