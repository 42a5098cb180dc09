import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric, Stats, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { FargateService } from "aws-cdk-lib/aws-ecs";
import {
  HttpCodeElb,
  HttpCodeTarget,
  type ApplicationLoadBalancer,
  type ApplicationTargetGroup,
} from "aws-cdk-lib/aws-elasticloadbalancingv2";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { topicIndexName } from "../data/connections-table";
import type { StageConfig } from "../stage/stage-config";

/** What the programs themselves count: see websocket/src/metrics.ts. */
export const applicationMetrics = {
  deliveredEvents: "DeliveredEvents",
  staleSockets: "StaleConnections",
  failedPosts: "FailedPosts",
  queueAge: "QueueAge",
} as const;

export interface Watched {
  balancer: ApplicationLoadBalancer;
  targetGroups: ApplicationTargetGroup[];
  service: FargateService;
  handlers: LambdaFunction[];
  socketApiId: string;
  connections: Table;
}

const period = Duration.minutes(1);
const sum = { period, statistic: Stats.SUM };

/** The sum of metrics. @param id of its own in every plot: that of each summand begins with it */
function total(id: string, label: string, metrics: IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`${id}${i}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics).join(", ")}])`,
    usingMetrics,
    label,
    period,
  });
}

/** Every figure that the dashboard shows and the alarms watch. */
export class Metrics {
  constructor(
    readonly config: StageConfig,
    readonly watched: Watched,
  ) {}

  get requests(): Metric {
    return this.watched.balancer.metrics.requestCount(sum);
  }

  get serverErrors(): IMetric {
    const { metrics } = this.watched.balancer;
    return total("failed", "5xx", [
      metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, sum),
      metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, sum),
    ]);
  }

  /**
   * In percent of the requests; nothing while there are fewer than 20 a minute, of which one would be 5 %. What the load balancer
   * refuses because it has no task to ask is not among its requests: it is added, else the worst of all failures would be none.
   */
  get serverErrorRate(): IMetric {
    const { metrics } = this.watched.balancer;
    const asked = "(FILL(requests, 0) + FILL(elb, 0))";
    return new MathExpression({
      expression: `IF(${asked} >= 20, 100 * (FILL(target, 0) + FILL(elb, 0)) / ${asked}, 0)`,
      usingMetrics: {
        requests: this.requests,
        target: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, sum),
        elb: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, sum),
      },
      label: "5xx, % of requests",
      period,
    });
  }

  /** Seconds. */
  latency(statistic: string): Metric {
    return this.watched.balancer.metrics.targetResponseTime({ period, statistic, label: statistic });
  }

  get unhealthyHosts(): IMetric {
    return total(
      "unhealthy",
      "unhealthy hosts",
      this.watched.targetGroups.map((group) => group.metrics.unhealthyHostCount({ period, statistic: Stats.MAXIMUM })),
    );
  }

  get cpu(): Metric {
    return this.watched.service.metricCpuUtilization({ period, statistic: Stats.AVERAGE });
  }

  get memory(): Metric {
    return this.watched.service.metricMemoryUtilization({ period, statistic: Stats.MAXIMUM });
  }

  get lambdaErrors(): IMetric {
    return total(
      "lambdaErrors",
      "errors",
      this.watched.handlers.map((handler) => handler.metricErrors(sum)),
    );
  }

  get lambdaThrottles(): IMetric {
    return total(
      "lambdaThrottles",
      "throttles",
      this.watched.handlers.map((handler) => handler.metricThrottles(sum)),
    );
  }

  lambdaDurations(): Metric[] {
    return this.watched.handlers.map((handler) => handler.metricDuration({ period, statistic: "p99" }));
  }

  socket(metricName: string): Metric {
    return new Metric({
      namespace: "AWS/ApiGateway",
      metricName,
      dimensionsMap: { ApiId: this.watched.socketApiId },
      ...sum,
    });
  }

  /** Of the table and of its index, which DynamoDB counts apart. */
  get tableThrottles(): IMetric {
    const { tableName: TableName } = this.watched.connections;
    const places: Record<string, string>[] = [{ TableName }, { TableName, GlobalSecondaryIndexName: topicIndexName }];
    const throttled = places.flatMap((dimensionsMap) =>
      ["ReadThrottleEvents", "WriteThrottleEvents"].map(
        (metricName) => new Metric({ namespace: "AWS/DynamoDB", metricName, dimensionsMap, ...sum }),
      ),
    );
    return total("refused", "throttled", throttled);
  }

  /** A share of 1, of all that the account sends. */
  mail(metricName: "Reputation.BounceRate" | "Reputation.ComplaintRate"): Metric {
    return new Metric({ namespace: "AWS/SES", metricName, period: Duration.minutes(15), statistic: Stats.AVERAGE });
  }

  application(name: keyof typeof applicationMetrics): Metric {
    return new Metric({
      namespace: `ConnectBest/${this.config.stage}`,
      metricName: applicationMetrics[name],
      period,
      statistic: name === "queueAge" ? Stats.MAXIMUM : Stats.SUM,
    });
  }
}
