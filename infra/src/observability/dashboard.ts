import { Duration } from "aws-cdk-lib";
import { AlarmStatusWidget, Dashboard, GraphWidget, type Alarm, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { StageStack } from "../stage/stage-stack";
import type { Metrics } from "./metrics";

const plot = (title: string, left: IMetric[], right: IMetric[] = []) =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

/** One page, from what people feel down to what causes it. */
export class ChatDashboard extends Dashboard {
  constructor(stack: StageStack, id: string, metrics: Metrics, alarms: Alarm[]) {
    super(stack, id, {
      dashboardName: `connectbest-${stack.config.stage}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 3 })],
        [
          plot("Requests and errors, a minute", [metrics.requests], [metrics.serverErrors]),
          plot(
            "Latency, seconds",
            ["p50", "p95", "p99"].map((statistic) => metrics.latency(statistic)),
          ),
          plot("Tasks: CPU and memory, %", [metrics.cpu, metrics.memory], [metrics.unhealthyHosts]),
        ],
        [
          plot("WebSocket: connections and messages, a minute", [
            metrics.socket("ConnectCount"),
            metrics.socket("MessageCount"),
          ]),
          plot(
            "Events delivered, a minute; stale sockets, failed posts",
            [metrics.application("deliveredEvents")],
            [metrics.application("staleSockets"), metrics.application("failedPosts")],
          ),
          plot("Oldest waiting work, seconds", [metrics.application("queueAge")]),
        ],
        [
          plot("Handlers: p99, ms", metrics.lambdaDurations()),
          plot("Handlers: errors and throttles", [metrics.lambdaErrors, metrics.lambdaThrottles]),
          plot("Table of connections: refused calls", [metrics.tableThrottles]),
        ],
        [
          plot("Mail: bounces and complaints, share of 1", [
            metrics.mail("Reputation.BounceRate"),
            metrics.mail("Reputation.ComplaintRate"),
          ]),
        ],
      ],
    });
  }
}
