import { App, Stack, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";

// That every rule of AwsSolutions is followed, or it is said why not, is seen by there being templates at all (synthesize.cjs):

it("what breaks a rule is not made", () => {
  const app = new App();
  new Bucket(new Stack(app, "Planted"), "Open");
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow("AwsSolutions-S10");
});

it("two stages are made within two minutes, with no network, account or engine", () => {
  expect(Number(process.env["SYNTH_MS"])).toBeGreaterThan(0);
  expect(Number(process.env["SYNTH_MS"])).toBeLessThan(120_000);
});
