import { Duration } from "aws-cdk-lib";
import type { FargateService } from "aws-cdk-lib/aws-ecs";
import type { ApplicationTargetGroup } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import type { StageConfig } from "../stage/stage-config";

/** Requests a minute that one task answers with room to spare: an office of 500 makes about 2,250 (docs/performance.md). */
const requestsPerTask = 4000;

/**
 * More tasks under load, fewer when it is gone.
 * @param byRequests the groups whose requests count; none in blue/green, where the traffic moves from group to group
 */
export function scale(service: FargateService, { task }: StageConfig, byRequests: ApplicationTargetGroup[]): void {
  const scaling = service.autoScaleTaskCount({ minCapacity: task.min, maxCapacity: task.max });
  const cooldown = { scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(10) };
  scaling.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60, ...cooldown });
  byRequests.forEach((targetGroup, i) =>
    scaling.scaleOnRequestCount(`Requests${i + 1}`, { requestsPerTarget: requestsPerTask, targetGroup, ...cooldown }),
  );
}
