import { onlyOne, resourcesOf, show, stages, templateOf } from "../testing/templates";

const isPublic = (subnet: { Properties: Record<string, unknown> }) =>
  (subnet.Properties["Tags"] as { Key: string; Value: string }[]).some(
    ({ Key, Value }) => Key === "aws-cdk:subnet-type" && Value === "Public",
  );

describe.each(stages)("%s", (stage) => {
  it("has public and private subnets in two zones", () => {
    const subnets = Object.values(resourcesOf(stage, "Network", "AWS::EC2::Subnet"));
    expect(subnets.filter(isPublic)).toHaveLength(2);
    expect(subnets.filter((subnet) => !isPublic(subnet))).toHaveLength(2);
    const zones = new Set(subnets.map((subnet) => JSON.stringify(subnet.Properties["AvailabilityZone"])));
    expect(zones.size).toBe(2);
    for (const subnet of subnets) expect(subnet.Properties["MapPublicIpOnLaunch"]).toBe(false);
  });

  it("reaches S3 and DynamoDB without the NAT gateway, and writes down what was refused", () => {
    const endpoints = Object.values(resourcesOf(stage, "Network", "AWS::EC2::VPCEndpoint"));
    expect(endpoints.map((one) => one.Properties["VpcEndpointType"])).toEqual(["Gateway", "Gateway"]);
    expect(onlyOne(stage, "Network", "AWS::EC2::FlowLog")).toMatchObject({ TrafficType: "REJECT" });
  });

  it("tells the addresses it calls from, which stay", () => {
    const addresses = Object.keys(resourcesOf(stage, "Network", "AWS::EC2::EIP"));
    expect(addresses).toHaveLength(stage === "production" ? 2 : 1);
    const [output] = Object.values(templateOf(stage, "Network").findOutputs("OutgoingAddresses"));
    for (const address of addresses) expect(show(output?.["Value"])).toContain(address);
  });

  it("keeps its logs in a closed bucket, for as long as is said, where the load balancer may write", () => {
    const bucket = onlyOne(stage, "Network", "AWS::S3::Bucket");
    expect(bucket["PublicAccessBlockConfiguration"]).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const policy = JSON.stringify(onlyOne(stage, "Network", "AWS::S3::BucketPolicy"));
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain("logdelivery.elasticloadbalancing.amazonaws.com");
    expect(policy).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  });
});
