import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ClientFrame } from "@connectbest/contract";
import { assembly, onlyOne, resourcesOf, show, stages, textOf, type Resource } from "../testing/templates";

const actions = ClientFrame.options.map((frame) => frame.shape.action.value);

describe.each(stages)("%s", (stage) => {
  const handlers = () => resourcesOf(stage, "Realtime", "AWS::Lambda::Function");

  it("routes what the contract knows, connecting and disconnecting, and everything else", () => {
    const routes = Object.values(resourcesOf(stage, "Realtime", "AWS::ApiGatewayV2::Route"));
    expect(routes.map((route) => route.Properties["RouteKey"]).sort()).toEqual(
      ["$connect", "$default", "$disconnect", ...actions].sort(),
    );
    const integrations = resourcesOf(stage, "Realtime", "AWS::ApiGatewayV2::Integration");
    for (const { Properties } of routes) {
      const [integration] = Object.entries(integrations).filter(([id]) => show(Properties["Target"]).includes(id));
      const key = String(Properties["RouteKey"]);
      const handler = key === "$connect" || key === "$disconnect" ? key.slice(1) : "message";
      expect(show(integration?.[1].Properties["IntegrationUri"])).toContain(`{${handler}`);
    }
    expect(onlyOne(stage, "Realtime", "AWS::ApiGatewayV2::Api")).toMatchObject({
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
  });

  it("limits how often it is called, and writes down who called, never what was said nor with which ticket", () => {
    const api = onlyOne(stage, "Realtime", "AWS::ApiGatewayV2::Stage");
    expect(api).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 1000 },
    });
    const { Format, DestinationArn } = api["AccessLogSettings"] as { Format: string; DestinationArn: unknown };
    expect(DestinationArn).toBeDefined();
    const logged = Object.values(JSON.parse(Format) as Record<string, string>);
    expect(logged).toContain("$context.connectionId");
    for (const value of logged) expect(value).toMatch(/^\$context\./);
    expect(Format).not.toMatch(/queryString|input|body/i);
  });

  it("lets API Gateway write its log before a stage names one, and goes on doing so for other stages when this one goes", () => {
    const [[id, account]] = Object.entries(resourcesOf(stage, "Realtime", "AWS::ApiGateway::Account")) as [
      [string, Resource],
    ];
    const [[role]] = Object.entries(resourcesOf(stage, "Realtime", "AWS::IAM::Role")).filter(([, { Properties }]) =>
      show(Properties["AssumeRolePolicyDocument"]).includes('"apigateway.amazonaws.com"'),
    ) as [[string, Resource]];
    expect(show(account.Properties["CloudWatchRoleArn"])).toBe(`{${role}.Arn}`);
    const kept = resourcesOf(stage, "Realtime", "AWS::IAM::Role")[role];
    expect([account.DeletionPolicy, kept?.DeletionPolicy]).toEqual(["Retain", "Retain"]);
    const [socket] = Object.values(resourcesOf(stage, "Realtime", "AWS::ApiGatewayV2::Stage"));
    expect(socket?.DependsOn).toContain(id);
  });

  it("has three small handlers on arm64 and a current Node, which end before API Gateway gives up", () => {
    expect(Object.keys(handlers())).toHaveLength(3);
    for (const { Properties } of Object.values(handlers())) {
      expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], MemorySize: 512 });
      expect(Properties["Timeout"]).toBeLessThan(29);
    }
  });

  it("keeps all its logs for as long as is said", () => {
    const days = { production: 90, staging: 14, full: 30, bare: 7 }[stage];
    const groups = Object.values(resourcesOf(stage, "Realtime", "AWS::Logs::LogGroup"));
    expect(groups).toHaveLength(4);
    for (const { Properties } of groups) expect(Properties["RetentionInDays"]).toBe(days);
  });

  it("is bundled whole: it starts where nothing is installed, and says what it misses", () => {
    for (const { Properties } of Object.values(handlers())) {
      const { S3Key } = Properties["Code"] as { S3Key: string };
      const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-handler-"));
      try {
        cpSync(path.join(assembly(stage), `asset.${S3Key.replace(".zip", "")}`), folder, { recursive: true });
        const script = 'require("./index.js").handler({}).catch((error) => console.log(error.message))';
        const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8", env: {} });
        expect(stdout).toMatch(/^The WebSocket handlers cannot start with this environment: API_URL/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });

  it("tells where browsers open the WebSocket", () => {
    expect(textOf(stage, "Realtime")).toContain('"wss://"');
  });
});
