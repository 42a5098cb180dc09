import { readFileSync } from "node:fs";
import path from "node:path";
import { Template } from "aws-cdk-lib/assertions";

/** The stages of the repository, and those of the tests: `full` turns on what can be turned on, `bare` nothing. */
export const committed = ["production", "staging"] as const;
export type Stage = (typeof committed)[number] | "full" | "bare";
export const stages: Stage[] = [...committed, "full", "bare"];

export const parts = ["Pipeline", "Network", "Data", "Realtime", "Service", "Observability"] as const;
export type Part = (typeof parts)[number];

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  DependsOn?: string[];
}

/** The folder of a stage's assembly. */
export const assembly = (stage: Stage): string =>
  path.join(__dirname, "../../cdk.out", (committed as readonly string[]).includes(stage) ? "committed" : "tested");

export const textOf = (stage: Stage, part: Part): string =>
  readFileSync(path.join(assembly(stage), `ConnectBest-${stage}-${part}.template.json`), "utf8");

export const templateOf = (stage: Stage, part: Part): Template =>
  Template.fromJSON(JSON.parse(textOf(stage, part)) as Record<string, unknown>);

/** All resources of a type, by logical id. */
export const resourcesOf = (stage: Stage, part: Part, type: string): Record<string, Resource> =>
  templateOf(stage, part).findResources(type) as Record<string, Resource>;

/** The properties of the only resource of a type. */
export function onlyOne(stage: Stage, part: Part, type: string): Record<string, unknown> {
  const found = Object.values(resourcesOf(stage, part, type));
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
}

/** What a value comes to, with what only CloudFormation knows as `{name}`. */
export function show(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const [[key, inner] = ["", undefined]] = Object.entries(value);
  if (key === "Ref") return `{${String(inner)}}`;
  if (key === "Fn::ImportValue") return `{${String(inner)}}`;
  if (key === "Fn::GetAtt") return `{${(inner as string[]).join(".")}}`;
  if (key === "Fn::Join") return (inner as [string, unknown[]])[1].map(show).join((inner as [string, unknown[]])[0]);
  if (key === "Fn::Select" || key === "Fn::Split" || key === "Fn::Sub") return `{${key}}`;
  return JSON.stringify(value);
}
