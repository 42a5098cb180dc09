// Waits until the tasks of a stage are all of the deployment asked for: node scripts/wait-stable.mjs production
import { execFileSync } from "node:child_process";

const [stage] = process.argv.slice(2);
if (!stage) {
  console.error("Which stage? node scripts/wait-stable.mjs production");
  process.exit(2);
}

const aws = (...args) => JSON.parse(execFileSync("aws", [...args, "--output", "json"], { encoding: "utf8" }));
const { Stacks } = aws("cloudformation", "describe-stacks", "--stack-name", `ConnectBest-${stage}-Service`);
const output = (name) => Stacks[0].Outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
const [cluster, service] = [output("ClusterName"), output("ServiceName")];

/** Blue/green keeps the old tasks for a while: longer than `aws ecs wait` would wait. */
const deadline = Date.now() + 30 * 60_000;
for (;;) {
  const { services } = aws("ecs", "describe-services", "--cluster", cluster, "--services", service);
  const [{ deployments, runningCount, desiredCount, events }] = services;
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  if (primary.rolloutState === "FAILED") {
    console.error(
      `The deployment failed: ${primary.rolloutStateReason}\n${events
        .slice(0, 5)
        .map(({ message }) => message)
        .join("\n")}`,
    );
    process.exit(1);
  }
  if (deployments.length === 1 && primary.rolloutState === "COMPLETED" && runningCount === desiredCount) break;
  if (Date.now() > deadline) {
    console.error(`Not stable after 30 minutes: ${runningCount} of ${desiredCount} tasks run.`);
    process.exit(1);
  }
  await new Promise((resolve) => setTimeout(resolve, 10_000));
}
console.log("Stable.");
