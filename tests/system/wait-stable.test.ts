import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../src/system";

const stacks = {
  Stacks: [
    {
      Outputs: [
        { OutputKey: "ClusterName", OutputValue: "cluster-1" },
        { OutputKey: "ServiceName", OutputValue: "service-1" },
      ],
    },
  ],
};
const service = (deployments: object[]) => ({
  services: [{ deployments, runningCount: 2, desiredCount: 2, events: [{ message: "a task stopped: no such image" }] }],
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-aws-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs it with AWS's command line in the shape of a script that knows one stack and one service, and notes what it is asked. */
function waitStable(deployments: object[], args = ["production"]) {
  const program = path.join(folder, "aws");
  const answers = JSON.stringify({ cloudformation: stacks, ecs: service(deployments) });
  writeFileSync(
    program,
    `#!${process.execPath}
const asked = process.argv.slice(2);
require("node:fs").appendFileSync(${JSON.stringify(path.join(folder, "asked"))}, asked.join(" ") + "\\n");
process.stdout.write(JSON.stringify(${answers}[asked[0]]));`,
  );
  chmodSync(program, 0o755);
  return new Promise<{ status: number; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [path.join(root, "scripts/wait-stable.mjs"), ...args],
      { env: { PATH: folder }, timeout: 20_000 },
      (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

it("is content when one deployment is left, and complete", async () => {
  expect(await waitStable([{ status: "PRIMARY", rolloutState: "COMPLETED" }])).toEqual({
    status: 0,
    output: "Stable.\n",
  });
});

it("fails when the deployment failed, and tells ECS's reason and the last events", async () => {
  const { status, output } = await waitStable([
    { status: "ACTIVE", rolloutState: "COMPLETED" },
    { status: "PRIMARY", rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" },
  ]);
  expect(status).toBe(1);
  expect(output).toContain("tasks failed to start");
  expect(output).toContain("no such image");
});

it("asks which stage", async () => {
  expect(await waitStable([], [])).toMatchObject({
    status: 2,
    output: expect.stringContaining("Which stage?") as string,
  });
});
