import { ClientFrame, Event } from "./events";
import { ErrorBody, errorStatus } from "./errors";
import { ChannelName } from "./entities/channel";
import { ClientMessageId, MessageContent } from "./entities/message";
import { openApiDocument } from "./openapi";
import { Email, Limit, PersonName } from "./primitives";
import type { Route } from "./route";
import { routes } from "./routes";

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  responses: Record<string, unknown>;
  security?: unknown[];
}
const document = openApiDocument("1.2.3") as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const all = Object.entries(routes) as [string, Route][];

describe("the OpenAPI description", () => {
  it("holds every public route under every path, and no internal one", () => {
    const expected = all
      .filter(([, route]) => route.access !== "service")
      .flatMap(([, route]) =>
        [route.path, ...(route.aliases ?? [])].map((path) => `${route.method} ${path.replace(/:(\w+)/g, "{$1}")}`),
      );
    expect(operations.map(({ path, method }) => `${method} ${path}`).sort()).toEqual(expected.sort());
    expect(JSON.stringify(document)).not.toContain("/internal/");
  });

  it("refers only to schemas that it holds", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? "");
    expect(references.length).toBeGreaterThan(50);
    for (const target of references) {
      expect(target).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty([target.split("/").at(-1) ?? ""]);
    }
  });

  it("names each operation once and declares each path parameter", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name)).toEqual(inPath);
    }
  });

  it("says who may call and what may go wrong", () => {
    for (const { operation } of operations) {
      const isPublic = operation.security?.length === 0;
      expect("401" in operation.responses).toBe(
        !isPublic || /^(login|googleLogin|verifyEmail)$/.test(operation.operationId),
      );
      expect(operation.responses).toHaveProperty("400");
    }
  });
});

describe("the routes", () => {
  it("answer nothing with 204, and something with another status", () => {
    for (const [, route] of all)
      expect(route.response === null && !route.download).toBe([204, 302].includes(route.status));
  });

  it("do not stand in each other's way: one method and path, one route", () => {
    const places = all.flatMap(([, route]) =>
      [route.path, ...(route.aliases ?? [])].map((path) => `${route.method} ${path}`),
    );
    expect(new Set(places).size).toBe(places.length);
  });
});

describe("the words of the wire", () => {
  it.each([
    [Email, " Ada@Example.COM ", "ada@example.com"],
    [PersonName, "  李 小龙 ", "李 小龙"],
    [Limit, "7", 7],
    [Limit, undefined, 50],
    [ClientMessageId, "0AA3F361-5915-46D6-8112-C9142DA4A65C", "0aa3f361-5915-46d6-8112-c9142da4a65c"],
    [MessageContent, "  kept as it is\n", "  kept as it is\n"],
    [ChannelName, "launch-2", "launch-2"],
  ])("are taken (%#)", (schema, given, taken) => {
    expect(schema.parse(given)).toBe(taken);
  });

  it.each([
    [Email, "ada@"],
    [Email, { $ne: null }],
    [PersonName, "x"],
    [PersonName, "\u200b\u200b"],
    [PersonName, "Ada\nLovelace"],
    [PersonName, "Ada\u202eecalevoL"],
    [Limit, "101"],
    [Limit, "1.5"],
    [ClientMessageId, "not-a-uuid"],
    [MessageContent, " \n "],
    [MessageContent, "x".repeat(5001)],
    [ChannelName, "Launch"],
    [ChannelName, "-launch"],
  ])("are refused (%#)", (schema, given) => {
    expect(schema.safeParse(given).success).toBe(false);
  });

  it("carry every error code under a status of its kind", () => {
    for (const [code, status] of Object.entries(errorStatus)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(ErrorBody.safeParse({ error: "A sentence.", code, requestId: "r" }).success).toBe(true);
    }
  });

  it("know events and frames by their type alone", () => {
    expect(Event.safeParse({ type: "pong", at: "2026-01-01T00:00:00.000Z" }).success).toBe(true);
    expect(Event.safeParse({ type: "unheard.of" }).success).toBe(false);
    const frame = { action: "typing", channelId: "f".repeat(24), isTyping: true };
    expect(ClientFrame.parse({ ...frame, userId: "somebody else" })).toEqual(frame);
    expect(ClientFrame.safeParse({ action: "typing" }).success).toBe(false);
  });
});
