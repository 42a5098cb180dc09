import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "./acknowledged";
import { ChatSystem } from "./chat-system";
import { repository } from "./paths";
import { readStage, SettingsProblem } from "./stage/stage-config";

/**
 * `cdk synth` makes all stages, `-c stage=production` one of them. `-c stages=/elsewhere` reads the settings from a folder of yours.
 * `-c imageTag=<commit>` takes images that the pipeline built; without it the machine that deploys builds them.
 */
const app = new App();
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === "string" && value !== "" ? value : undefined;
};

function addStages(): void {
  const folder = path.resolve(context("stages") ?? path.join(repository, "infra/stages"));
  if (!existsSync(folder)) throw new SettingsProblem(`There are no stages in ${folder}: no such folder.`);
  const known = readdirSync(folder).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -5)] : []));
  const chosen = context("stage");
  if (chosen && !known.includes(chosen))
    throw new SettingsProblem(`There is no stage "${chosen}" in ${folder}, only: ${known.join(", ") || "none"}.`);
  const images = { imageTag: context("imageTag"), commit: context("commit"), version: context("version") };
  for (const stage of chosen ? [chosen] : known)
    acknowledge(new ChatSystem(app, readStage(stage, path.join(folder, `${stage}.json`)), images));
}

try {
  addStages();
} catch (error) {
  if (!(error instanceof SettingsProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
