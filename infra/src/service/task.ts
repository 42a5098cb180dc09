import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  Capability,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  type ContainerDefinitionOptions,
} from "aws-cdk-lib/aws-ecs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { StageStack } from "../stage/stage-stack";
import { drainSeconds } from "./traffic";
import { containers, type ContainerName } from "./routing";

type ContainerSettings = Pick<ContainerDefinitionOptions, "image" | "environment" | "secrets">;

const architectures = { x86_64: CpuArchitecture.X86_64, arm64: CpuArchitecture.ARM64 };

/** Asks the program itself, by the script that every image has. ECS does not look at the image's own check. */
const healthCommand = {
  backend: ["CMD", "node", "health-check.mjs", "/api/health"],
  frontend: ["CMD", "node", "health-check.mjs", "/health"],
} satisfies Record<ContainerName, string[]>;

/** One task: both containers, which share their address, so that the frontend calls the API without leaving it. */
export class Task extends FargateTaskDefinition {
  constructor(stack: StageStack, id: string) {
    const { task } = stack.config;
    super(stack, id, {
      cpu: task.cpu,
      memoryLimitMiB: task.memoryMb,
      runtimePlatform: {
        operatingSystemFamily: OperatingSystemFamily.LINUX,
        cpuArchitecture: architectures[task.architecture],
      },
    });
  }

  run(stack: StageStack, name: ContainerName, settings: ContainerSettings): void {
    const logGroup = new LogGroup(stack, `${name}Logs`, {
      logGroupName: `/connectbest/${stack.config.stage}/${name}`,
      retention: stack.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const linuxParameters = new LinuxParameters(stack, `${name}Linux`, { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    const container = this.addContainer(name, {
      ...settings,
      containerName: name,
      essential: true,
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters,
      portMappings: [{ containerPort: containers[name].port, name }],
      logging: LogDrivers.awsLogs({ streamPrefix: name, logGroup }),
      healthCheck: {
        command: healthCommand[name],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(60),
      },
      // What is under way is finished within the program's own time; then it is ended.
      stopTimeout: Duration.seconds(2 * drainSeconds),
    });
    // The one place that may be written to.
    const volume = `${name}-tmp`;
    this.addVolume({ name: volume });
    container.addMountPoints({ sourceVolume: volume, containerPath: "/tmp", readOnly: false });
  }
}
