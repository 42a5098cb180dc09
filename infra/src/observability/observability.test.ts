import { tableDefinition } from "@connectbest/websocket";
import { applicationMetrics } from "./metrics";
import { onlyOne, resourcesOf, show, stages, templateOf, type Stage } from "../testing/templates";

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  AlarmActions: unknown[];
  OKActions: unknown[];
  TreatMissingData: string;
}

const alarmsOf = (stage: Stage) =>
  Object.values(resourcesOf(stage, "Observability", "AWS::CloudWatch::Alarm")).map(
    ({ Properties }) => Properties as unknown as AlarmProperties,
  );

describe.each(stages)("%s", (stage) => {
  it("rings for everything that people would feel, or that is about to run out", () => {
    expect(
      alarmsOf(stage)
        .map(({ AlarmName }) => AlarmName.replace(`connectbest-${stage}-`, ""))
        .sort(),
    ).toEqual(
      [
        "bounces",
        "complaints",
        "cpu",
        "failedPosts",
        "lambdaErrors",
        "lambdaThrottles",
        "memory",
        "queueAge",
        "serverErrors",
        "slow",
        "tableThrottles",
        "unhealthyHosts",
      ].sort(),
    );
  });

  it("calls somebody with each, and says in it where to look first", () => {
    const [topic] = Object.keys(resourcesOf(stage, "Observability", "AWS::SNS::Topic"));
    for (const { AlarmActions, OKActions, AlarmDescription, TreatMissingData } of alarmsOf(stage)) {
      expect([AlarmActions, OKActions].map((actions) => actions.map(show))).toEqual([[`{${topic}}`], [`{${topic}}`]]);
      expect(AlarmDescription).toMatch(/\. .+/);
      expect(TreatMissingData).toBe("notBreaching");
    }
    const composite = onlyOne(stage, "Observability", "AWS::CloudWatch::CompositeAlarm");
    expect((composite["AlarmActions"] as unknown[]).map(show)).toEqual([`{${topic}}`]);
    expect(show(composite["AlarmRule"])).toMatch(/OR/);
  });

  it("rings when there is no task left to ask, which the load balancer counts as an error but not as a request", () => {
    const alarms = resourcesOf(stage, "Observability", "AWS::CloudWatch::Alarm");
    const [errors] = Object.entries(alarms).filter(([id]) => id.startsWith("ServerErrors"));
    const metrics = errors?.[1].Properties["Metrics"] as { Id: string; Expression?: string }[];
    const expression = metrics.find(({ Expression }) => Expression)?.Expression ?? "";
    /** What the expression comes to. Missing figures are null, which only FILL makes a number of. */
    const rate = (figures: Record<"requests" | "target" | "elb", number | null>) =>
      new Function("IF", "FILL", ...Object.keys(figures), `return ${expression}`)(
        (condition: boolean, yes: number, no: number) => (condition ? yes : no),
        (figure: number | null, otherwise: number) => figure ?? otherwise,
        ...Object.values(figures),
      ) as number;
    expect(rate({ requests: null, target: null, elb: 300 })).toBe(100);
    expect(rate({ requests: 1000, target: 20, elb: null })).toBe(2);
    expect(rate({ requests: 1000, target: null, elb: null })).toBe(0);
    expect(rate({ requests: 10, target: 5, elb: null })).toBe(0);
  });

  it("counts what the table of connections refuses, and what its index does, by which listeners are found", () => {
    const alarms = resourcesOf(stage, "Observability", "AWS::CloudWatch::Alarm");
    const [throttles] = Object.entries(alarms).filter(([id]) => id.startsWith("TableThrottles"));
    const metrics = throttles?.[1].Properties["Metrics"] as {
      MetricStat?: { Metric: { MetricName: string; Dimensions: { Name: string; Value: unknown }[] } };
    }[];
    const counted = metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    const [index] = tableDefinition("").GlobalSecondaryIndexes ?? [];
    expect(
      counted.map(({ MetricName, Dimensions }) => [
        MetricName,
        Dimensions.find(({ Name }) => Name === "GlobalSecondaryIndexName")?.Value,
      ]),
    ).toEqual([
      ["ReadThrottleEvents", undefined],
      ["WriteThrottleEvents", undefined],
      ["ReadThrottleEvents", index?.IndexName],
      ["WriteThrottleEvents", index?.IndexName],
    ]);
  });

  it("carries alarms encrypted, by TLS alone, with a key that CloudWatch may use", () => {
    const topic = onlyOne(stage, "Observability", "AWS::SNS::Topic");
    expect(topic["KmsMasterKeyId"]).toBeDefined();
    const policy = onlyOne(stage, "Observability", "AWS::SNS::TopicPolicy");
    expect(JSON.stringify(policy)).toContain("aws:SecureTransport");
    // With a policy of its own a topic has lost the right that lets the account's own alarms in.
    expect(policy["PolicyDocument"]).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        }),
      ]) as unknown,
    });
    const key = onlyOne(stage, "Observability", "AWS::KMS::Key");
    expect(key["EnableKeyRotation"]).toBe(true);
    expect(JSON.stringify(key["KeyPolicy"])).toContain('"Service":"cloudwatch.amazonaws.com"');
  });

  it("shows on one page what the load balancer, the tasks, the handlers, the table, mail and the programs count", () => {
    const page = show(onlyOne(stage, "Observability", "AWS::CloudWatch::Dashboard")["DashboardBody"]);
    for (const metric of [
      "RequestCount",
      "HTTPCode_Target_5XX_Count",
      "TargetResponseTime",
      "CPUUtilization",
      "MemoryUtilization",
      "UnHealthyHostCount",
      "ConnectCount",
      "MessageCount",
      "Errors",
      "Throttles",
      "WriteThrottleEvents",
      "Reputation.BounceRate",
      ...Object.values(applicationMetrics),
    ])
      expect(page).toContain(`"${metric}"`);
    expect(page).toContain(`"ConnectBest/${stage}"`);
  });

  it("tells where it is", () => {
    const [output] = Object.values(templateOf(stage, "Observability").findOutputs("DashboardUrl"));
    expect(JSON.stringify(output?.["Value"])).toContain("console.aws.amazon.com/cloudwatch");
  });
});
