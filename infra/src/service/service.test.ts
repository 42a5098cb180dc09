import { drainTime } from "../../../backend/src/drain-time";
import { onlyOne, resourcesOf, show, stages, templateOf, type Stage } from "../testing/templates";

interface Container {
  Name: string;
  PortMappings: { ContainerPort: number }[];
  User: string;
  ReadonlyRootFilesystem: boolean;
  MountPoints: { ContainerPath: string; ReadOnly: boolean }[];
  HealthCheck: { Command: string[] };
  LinuxParameters: { Capabilities: { Drop: string[] } };
  StopTimeout: number;
  Essential: boolean;
}

const containersOf = (stage: Stage) =>
  onlyOne(stage, "Service", "AWS::ECS::TaskDefinition")["ContainerDefinitions"] as Container[];

const listenersOf = (stage: Stage) =>
  Object.values(resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::Listener")).map(
    ({ Properties }) => Properties,
  );

describe.each(stages)("%s", (stage) => {
  it("runs one task of two containers, the frontend on 3000 and the API on 5001", () => {
    const containers = containersOf(stage);
    expect(containers.map(({ Name, PortMappings }) => [Name, PortMappings[0]?.ContainerPort])).toEqual([
      ["backend", 5001],
      ["frontend", 3000],
    ]);
  });

  it("gives them no root, nothing to write to but /tmp, no capability, and looks after their health", () => {
    for (const container of containersOf(stage)) {
      expect(container).toMatchObject({
        User: "1000:1000",
        ReadonlyRootFilesystem: true,
        Essential: true,
        LinuxParameters: { Capabilities: { Drop: ["ALL"] }, InitProcessEnabled: true },
      });
      expect(container.MountPoints.map(({ ContainerPath }) => ContainerPath)).toEqual(["/tmp"]);
      expect(container.HealthCheck.Command.slice(0, 3)).toEqual(["CMD", "node", "health-check.mjs"]);
    }
  });

  it("lets what is under way end: longer than the API takes itself, and longer still before it is killed", () => {
    const groups = Object.values(resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::TargetGroup"));
    expect(groups.length).toBeGreaterThan(0);
    for (const { Properties } of groups) {
      const attributes = Properties["TargetGroupAttributes"] as { Key: string; Value: string }[];
      const delay = attributes.find(({ Key }) => Key === "deregistration_delay.timeout_seconds")?.Value;
      expect(Number(delay) * 1000).toBeGreaterThan(drainTime);
    }
    for (const { StopTimeout } of containersOf(stage)) expect(StopTimeout * 1000).toBeGreaterThan(2 * drainTime);
  });

  it("asks the frontend whether it is alive and the API whether it has begun", () => {
    const groups = Object.values(resourcesOf(stage, "Service", "AWS::ElasticLoadBalancingV2::TargetGroup"));
    for (const { Properties } of groups)
      expect(Properties["HealthCheckPath"]).toBe(Properties["Port"] === 5001 ? "/api/health/started" : "/health");
  });

  it("is deployed without a gap, and goes back by itself when the new tasks do not live", () => {
    const service = onlyOne(stage, "Service", "AWS::ECS::Service");
    expect(service["DeploymentConfiguration"]).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      ...(stage === "staging" && { Strategy: "BLUE_GREEN" }),
    });
    // Else every deployment would send home the tasks that the load has called for.
    expect(service["DesiredCount"]).toBeUndefined();
    expect(service["HealthCheckGracePeriodSeconds"]).toBe(600);
  });

  it("exports what every kind of deployment has: an export that is in use cannot be taken away by changing the kind", () => {
    const exportsOf = (one: Stage) =>
      Object.values(templateOf(one, "Service").findOutputs("*"))
        .flatMap(({ Export }) => (Export as { Name: string } | undefined)?.Name ?? [])
        .map((name) => name.replace(one, ""))
        .sort();
    expect(exportsOf(stage)).not.toEqual([]);
    expect(exportsOf(stage)).toEqual(exportsOf(stage === "staging" ? "production" : "staging"));
  });

  it("moves traffic rule by rule in blue/green, each with a pair of groups of its own", () => {
    const balancers = onlyOne(stage, "Service", "AWS::ECS::Service")["LoadBalancers"] as {
      TargetGroupArn: unknown;
      AdvancedConfiguration?: { AlternateTargetGroupArn: unknown; ProductionListenerRule: unknown };
    }[];
    expect(balancers.length).toBeLessThanOrEqual(5);
    const pairs = balancers.flatMap(({ AdvancedConfiguration }) => AdvancedConfiguration ?? []);
    expect(pairs).toHaveLength(stage === "staging" ? 4 : 0);
    const groups = balancers.map(({ TargetGroupArn }) => show(TargetGroupArn));
    const alternates = pairs.map(({ AlternateTargetGroupArn }) => show(AlternateTargetGroupArn));
    expect(new Set([...groups, ...alternates]).size).toBe(groups.length + alternates.length);
    expect(new Set(pairs.map((pair) => show(pair.ProductionListenerRule))).size).toBe(pairs.length);
  });

  it("runs in private subnets, reached by the load balancer alone", () => {
    const { AwsvpcConfiguration } = onlyOne(stage, "Service", "AWS::ECS::Service")["NetworkConfiguration"] as {
      AwsvpcConfiguration: { AssignPublicIp: string; Subnets: unknown[] };
    };
    expect(AwsvpcConfiguration.AssignPublicIp).toBe("DISABLED");
    for (const subnet of AwsvpcConfiguration.Subnets) expect(show(subnet)).toContain("privateSubnet");
    const rules = Object.values(resourcesOf(stage, "Service", "AWS::EC2::SecurityGroupIngress"));
    const intoTasks = rules.filter(({ Properties }) => show(Properties["GroupId"]).includes("TaskSecurityGroup"));
    expect(intoTasks.map(({ Properties }) => Properties["FromPort"]).sort()).toEqual([3000, 5001]);
    for (const { Properties } of intoTasks) {
      expect(show(Properties["SourceSecurityGroupId"])).toContain("LoadBalancer");
      expect(Properties["CidrIp"]).toBeUndefined();
    }
  });

  it("grows with CPU and requests, from as many tasks as are said to as many", () => {
    const target = onlyOne(stage, "Service", "AWS::ApplicationAutoScaling::ScalableTarget");
    const [min, max] = { production: [2, 3], staging: [1, 2], full: [1, 3], bare: [1, 1] }[stage] ?? [];
    expect(target).toMatchObject({ MinCapacity: min, MaxCapacity: max });
    const policies = JSON.stringify(resourcesOf(stage, "Service", "AWS::ApplicationAutoScaling::ScalingPolicy"));
    expect(policies).toContain("ECSServiceAverageCPUUtilization");
    // In blue/green the requests move from group to group.
    expect(policies.includes("ALBRequestCountPerTarget")).toBe(stage !== "staging");
  });

  it("ends TLS at the load balancer in public subnets, sends http to https, and logs every request", () => {
    const balancer = onlyOne(stage, "Service", "AWS::ElasticLoadBalancingV2::LoadBalancer");
    expect(balancer["Scheme"]).toBe("internet-facing");
    for (const subnet of balancer["Subnets"] as unknown[]) expect(show(subnet)).toContain("publicSubnet");
    const attributes = balancer["LoadBalancerAttributes"] as { Key: string; Value: unknown }[];
    const attribute = (key: string) => attributes.find(({ Key }) => Key === key)?.Value;
    expect(attribute("access_logs.s3.enabled")).toBe("true");
    expect(show(attribute("access_logs.s3.bucket"))).toContain("Logs");
    expect(attribute("routing.http.drop_invalid_header_fields.enabled")).toBe("true");
    expect(attribute("idle_timeout.timeout_seconds")).toBe("60");

    const [http, https] = ["HTTP", "HTTPS"].map((protocol) =>
      listenersOf(stage).find(({ Protocol }) => Protocol === protocol),
    );
    expect(http?.["DefaultActions"]).toEqual([
      { Type: "redirect", RedirectConfig: { Port: "443", Protocol: "HTTPS", StatusCode: "HTTP_301" } },
    ]);
    expect(https?.["SslPolicy"]).toMatch(/TLS13/);
    expect(https?.["Certificates"]).toHaveLength(1);
  });

  it("has a certificate of its own, proven by DNS, unless one is given", () => {
    const certificates = Object.values(resourcesOf(stage, "Service", "AWS::CertificateManager::Certificate"));
    expect(certificates).toHaveLength(stage === "bare" ? 0 : 1);
    for (const { Properties } of certificates) expect(Properties["ValidationMethod"]).toBe("DNS");
    const aliases = Object.values(resourcesOf(stage, "Service", "AWS::Route53::RecordSet"));
    expect(aliases).toHaveLength({ production: 1, staging: 1, full: 2, bare: 0 }[stage]);
    for (const { Properties } of aliases) expect(Properties["AliasTarget"]).toBeDefined();
  });

  it("refuses an address that calls beyond all reason, in the API's own words, and lets its own handlers through", () => {
    const acl = onlyOne(stage, "Service", "AWS::WAFv2::WebACL") as {
      DefaultAction: unknown;
      Rules: { Name: string; Statement: { RateBasedStatement: { Limit: number; AggregateKeyType: string } } }[];
      CustomResponseBodies: { refusal: { Content: string } };
    };
    expect(acl.DefaultAction).toEqual({ Allow: {} });
    const rates = acl.Rules.map(({ Name, Statement }) => [Name, Statement.RateBasedStatement.Limit]);
    expect(rates).toEqual([
      ["visitors", 60_000],
      ["handlers", 300_000],
    ]);
    expect(JSON.stringify(acl.Rules[0])).toContain('"NotStatement"');
    expect(JSON.parse(acl.CustomResponseBodies.refusal.Content)).toMatchObject({ code: "rate_limited" });
    expect(show(onlyOne(stage, "Service", "AWS::WAFv2::WebACLAssociation")["ResourceArn"])).toContain("LoadBalancer");
  });

  it("puts CloudFront before what never changes, where that is asked for, and before nothing else", () => {
    const distributions = Object.values(resourcesOf(stage, "Service", "AWS::CloudFront::Distribution"));
    expect(distributions).toHaveLength(stage === "full" ? 1 : 0);
    if (stage !== "full") return;
    const text = JSON.stringify(distributions);
    expect(text).toContain('"assets.example.org"');
    expect(text).toContain('"OriginProtocolPolicy":"https-only"');
    const { FunctionCode } = onlyOne(stage, "Service", "AWS::CloudFront::Function") as { FunctionCode: string };
    const handler = new Function(`${FunctionCode}; return handler;`)() as (event: unknown) => { statusCode?: number };
    const answer = (uri: string) => handler({ request: { uri } }).statusCode;
    expect(answer("/_next/static/chunks/main.js")).toBeUndefined();
    expect(answer("/fonts/inter.woff2")).toBeUndefined();
    for (const uri of ["/", "/login", "/api/chat/channels", "/_next/data/x.json"]) expect(answer(uri)).toBe(404);
  });

  it("tells its address", () => {
    expect(Object.keys(templateOf(stage, "Service").findOutputs("*"))).toEqual(
      expect.arrayContaining(["ApplicationUrl", "LoadBalancerName", "ClusterName", "ServiceName"]),
    );
  });
});
