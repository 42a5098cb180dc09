import { readdirSync } from "node:fs";
import path from "node:path";
import { parseStage, readStage } from "./stage-config";

const folder = path.join(__dirname, "../../stages");
const good = {
  domainName: "chat.example.com",
  hostedZone: { id: "Z0123456789", name: "example.com" },
  mailFrom: "Chat <no-reply@example.com>",
  ownSecret: "connectbest/production/own-a1B2c3",
  task: { cpu: 1024, memoryMb: 2048, min: 1, max: 3 },
  logRetentionDays: 30,
};

it.each(readdirSync(folder))("%s is a stage", (file) => {
  const stage = file.replace(".json", "");
  expect(readStage(stage, path.join(folder, file)).stage).toBe(stage);
});

it("fills in what is usual", () => {
  expect(parseStage("production", good)).toMatchObject({
    deployment: "rolling",
    natGateways: 1,
    retainData: true,
    acceptPreviousSecrets: false,
    task: { architecture: "x86_64" },
    limits: { messagesPerMinute: 60, callsPerAddress: 60_000 },
  });
});

it.each([
  [{ domainName: "localhost" }, "domainName: must be a full domain name"],
  [{ domainName: "chat.example.org" }, "domainName: must be in the hosted zone example.com"],
  [{ domainName: "chat.notexample.com" }, "domainName: must be in the hosted zone"],
  [{ hostedZone: undefined }, "certificateArn: is needed where there is no hostedZone"],
  [{ mailFrom: "no-reply@example.com" }, "mailFrom: must look like"],
  [{ ownSecret: "connectbest/production/own" }, "ownSecret: must end in a hyphen"],
  [{ task: { ...good.task, min: 4 } }, "task.min: must not be more than task.max"],
  [{ task: { ...good.task, memoryMb: 16_384 } }, "task.memoryMb: must be from 2048 to 8192 with 1024 units of CPU"],
  [{ task: { ...good.task, cpu: 1000 } }, "task.cpu"],
  [{ logRetentionDays: 31 }, "logRetentionDays"],
  [{ deployment: "canary" }, "deployment"],
  [{ domainname: "chat.example.com" }, "domainname"],
  [{ github: { repository: "example", createProvider: true } }, "github.repository: must look like owner/name"],
  [{ github: { repository: "example@12/chat", createProvider: true } }, "github.repository: must look like owner/name"],
])("refuses %j by name", (change, sentence) => {
  expect(() => parseStage("production", { ...good, ...change })).toThrow(sentence);
});

it.each(["Production", "a", "prod-eu", "1st"])("refuses %s for a stage's name", (name) => {
  expect(() => parseStage(name, good)).toThrow("A stage's name");
});

it("says which file could not be read", () => {
  expect(() => readStage("none", path.join(folder, "none.json"))).toThrow(/"none" could not be read.*none\.json/s);
});
