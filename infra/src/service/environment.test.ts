import { readFileSync } from "node:fs";
import path from "node:path";
import { lambdaVariables } from "../../../websocket/src/config";
import { apiVariables } from "../../../backend/src/config";
import { frontendVariables } from "../../../frontend/src/config";
import { repository } from "../paths";
import { onlyOne, resourcesOf, stages, type Stage } from "../testing/templates";
import { notOnAws } from "./environment";

interface Container {
  Name: string;
  Environment: { Name: string }[];
  Secrets: { Name: string }[];
}

const given = (stage: Stage, name: string): string[] => {
  const containers = onlyOne(stage, "Service", "AWS::ECS::TaskDefinition")["ContainerDefinitions"] as Container[];
  const container = containers.find(({ Name }) => Name === name);
  return [...(container?.Environment ?? []), ...(container?.Secrets ?? [])].map((one) => one.Name);
};

/** The variables that an image brings with it. */
function ofImage(name: string): string[] {
  const text = readFileSync(path.join(repository, name, "Dockerfile"), "utf8").replace(/\\\n/g, " ");
  const lines = [...text.matchAll(/^ENV (.+)$/gm)].map(([, line]) => line ?? "");
  return lines.flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, variable]) => variable ?? ""));
}

/** Set when something is turned on, and absent otherwise. */
const optional = {
  api: [
    "JWT_SECRET_PREVIOUS",
    "SERVICE_SECRET_PREVIOUS",
    "ENCRYPTION_KEY_PREVIOUS",
    "VAPID_PUBLIC_KEY",
    "VAPID_PRIVATE_KEY",
    "VAPID_SUBJECT",
    "GOOGLE_CLIENT_ID",
  ],
  frontend: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "ASSET_PREFIX"],
};

const without = <T>(all: readonly T[], some: readonly unknown[]) => all.filter((one) => !some.includes(one)).sort();

it("the API is given every variable that it reads, by the task or the image, and no other", () => {
  const everything = given("full", "backend");
  const image = ofImage("backend");
  expect(without(everything, [])).toEqual(without(apiVariables, [...notOnAws.api, ...image]));
  expect(without(image, apiVariables)).toEqual([]);
});

it("the frontend likewise", () => {
  const everything = given("full", "frontend");
  const image = ofImage("frontend");
  expect(without(everything, [])).toEqual(without(frontendVariables, [...notOnAws.frontend, ...image]));
  // What Next reads by itself.
  expect(without(image, frontendVariables)).toEqual([
    "HOSTNAME",
    "KEEP_ALIVE_TIMEOUT",
    "NEXT_TELEMETRY_DISABLED",
    "PORT",
  ]);
});

it.each(stages)("%s is given all but what is turned off", (stage) => {
  if (stage === "full") return;
  const off = {
    backend: stage === "production" ? optional.api.filter((one) => !one.startsWith("VAPID")) : optional.api,
  };
  expect(without(given(stage, "backend"), [])).toEqual(without(given("full", "backend"), off.backend));
  expect(without(given(stage, "frontend"), [])).toEqual(without(given("full", "frontend"), optional.frontend));
});

it.each(stages)("%s: the handlers are given what they read, and where their secrets are", (stage) => {
  for (const { Properties } of Object.values(resourcesOf(stage, "Realtime", "AWS::Lambda::Function"))) {
    const { Variables } = Properties["Environment"] as { Variables: Record<string, unknown> };
    const elsewhere = [
      "AWS_REGION",
      "DYNAMODB_ENDPOINT",
      ...["JWT_SECRET", "SERVICE_SECRET"].flatMap((name) => [name, `${name}_PREVIOUS`]),
    ];
    expect(without(Object.keys(Variables), [])).toEqual(without(lambdaVariables, elsewhere));
  }
});

it.each(stages)("%s: no secret stands in the environment", (stage) => {
  const containers = onlyOne(stage, "Service", "AWS::ECS::TaskDefinition")["ContainerDefinitions"] as Container[];
  for (const { Environment } of containers)
    for (const { Name } of Environment) expect(Name).not.toMatch(/SECRET|KEY|PASSWORD|MONGODB/);
});
