import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { StageConfig } from "../stage/stage-config";
import type { StageStack } from "../stage/stage-stack";
import type { Metrics } from "./metrics";

interface Threshold {
  metric: IMetric;
  /** The alarm rings above it. */
  above: number;
  /** Periods of those looked at that must be above. */
  bad: number;
  of: number;
  description: string;
}

/** What each means, and where to look first, is in its own description: that is what arrives by mail. */
function thresholds(config: StageConfig, metrics: Metrics) {
  return {
    serverErrors: {
      metric: metrics.serverErrorRate,
      above: 1,
      bad: 3,
      of: 5,
      description: `More than 1 % of requests failed. First look: the log /connectbest/${config.stage}/backend, level error; is MongoDB reachable?`,
    },
    slow: {
      metric: metrics.latency("p99"),
      above: 1,
      bad: 5,
      of: 5,
      description:
        "One request in a hundred takes more than a second. First look: CPU of the tasks, then MongoDB's slow queries.",
    },
    unhealthyHosts: {
      metric: metrics.unhealthyHosts,
      above: 0,
      bad: 5,
      of: 5,
      description:
        "A task does not answer its health check. First look: the events of the ECS service, then the task's log.",
    },
    lambdaErrors: {
      metric: metrics.lambdaErrors,
      above: 5,
      bad: 3,
      of: 5,
      description: `WebSocket handlers fail. First look: the logs /connectbest/${config.stage}/lambda/…; does the API answer them?`,
    },
    lambdaThrottles: {
      metric: metrics.lambdaThrottles,
      above: 0,
      bad: 2,
      of: 5,
      description: "WebSocket handlers are refused for want of concurrency. Raise the account's limit for Lambda.",
    },
    tableThrottles: {
      metric: metrics.tableThrottles,
      above: 0,
      bad: 3,
      of: 5,
      description: "DynamoDB refuses calls to the table of connections. First look: did everybody reconnect at once?",
    },
    bounces: {
      metric: metrics.mail("Reputation.BounceRate"),
      above: 0.05,
      bad: 1,
      of: 1,
      description:
        "More than 5 % of mail bounces: at 10 % Amazon stops the account's mail. Who registers with made-up addresses?",
    },
    complaints: {
      metric: metrics.mail("Reputation.ComplaintRate"),
      above: 0.001,
      bad: 1,
      of: 1,
      description: "More than 0.1 % of mail is marked as spam. Which mails are sent too often?",
    },
    cpu: {
      metric: metrics.cpu,
      above: 85,
      bad: 10,
      of: 10,
      description:
        "The tasks have had no CPU to spare for ten minutes. Are there as many as there may be? Raise task.max or task.cpu.",
    },
    memory: {
      metric: metrics.memory,
      above: 90,
      bad: 5,
      of: 5,
      description: "A task is about to run out of memory. Raise task.memoryMb, and look what grew.",
    },
    queueAge: {
      metric: metrics.application("queueAge"),
      above: 300,
      bad: 3,
      of: 5,
      description: `Mail, reminders or deliveries wait for more than five minutes. First look: the log /connectbest/${config.stage}/backend, "a worker could not go on".`,
    },
    failedPosts: {
      metric: metrics.application("failedPosts"),
      above: 100,
      bad: 3,
      of: 5,
      description:
        "Events do not reach open pages (they catch up by themselves, later). First look: is API Gateway throttling?",
    },
  } satisfies Record<string, Threshold>;
}

type AlarmName = keyof ReturnType<typeof thresholds>;

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function addAlarms(stack: StageStack, config: StageConfig, metrics: Metrics): Record<AlarmName, Alarm> {
  const made = Object.entries(thresholds(config, metrics)).map(([name, { metric, above, bad, of, description }]) => [
    name,
    new Alarm(stack, capitalized(name), {
      alarmName: `connectbest-${config.stage}-${name}`,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm: bad,
      evaluationPeriods: of,
      // Nobody at night is no failure.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }),
  ]);
  return Object.fromEntries(made) as Record<AlarmName, Alarm>;
}
