import { CfnOutput, Fn } from "aws-cdk-lib";
import { AlarmRule, AlarmState, CompositeAlarm, type Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { StageStack } from "../stage/stage-stack";
import type { StageConfig } from "../stage/stage-config";
import { addAlarms } from "./alarms";
import { ChatDashboard } from "./dashboard";
import { Metrics, type Watched } from "./metrics";

/** What is measured, on one page, and who is called when it is bad. */
export class ObservabilityStack extends StageStack {
  readonly topic: Topic;

  constructor(scope: Construct, config: StageConfig, watched: Watched) {
    super(scope, "Observability", config, "dashboard and alarms");
    this.topic = this.#alarmTopic();
    const metrics = new Metrics(config, watched);
    const alarms = addAlarms(this, config, metrics);
    const action = new SnsAction(this.topic);
    for (const alarm of Object.values(alarms)) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    this.#peopleNotice([alarms.serverErrors, alarms.slow, alarms.unhealthyHosts, alarms.lambdaErrors], action);
    const dashboard = new ChatDashboard(this, "Dashboard", metrics, Object.values(alarms));

    new CfnOutput(this, "DashboardUrl", {
      value: Fn.sub(
        "https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards:name=${name}",
        { name: dashboard.dashboardName },
      ),
    });
    new CfnOutput(this, "AlarmTopicArn", { description: "Subscribe who is to be called.", value: this.topic.topicArn });
  }

  /** Two of these at once: this is no single hiccup, and worth a call at night. */
  #peopleNotice(alarms: Alarm[], action: SnsAction): void {
    const firing = alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM));
    const pairs = firing.flatMap((one, i) => firing.slice(i + 1).map((other) => AlarmRule.allOf(one, other)));
    const composite = new CompositeAlarm(this, "PeopleNotice", {
      alarmDescription:
        "Several alarms of what people feel at once. First look: the dashboard, then the last deployment.",
      alarmRule: AlarmRule.anyOf(...pairs),
    });
    composite.addAlarmAction(action);
    composite.addOkAction(action);
  }

  #alarmTopic(): Topic {
    const key = new Key(this, "AlarmKey", {
      description: "ConnectBest Chat: alarms on their way",
      enableKeyRotation: true,
      removalPolicy: this.removal,
    });
    // With AWS's own key CloudWatch may not publish.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    const topic = new Topic(this, "Alarms", {
      displayName: `ConnectBest ${this.config.stage}`,
      masterKey: key,
      enforceSSL: true,
    });
    // A policy of its own (for TLS) takes the place of SNS's first one, by which whatever is of this account may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    return topic;
  }
}
