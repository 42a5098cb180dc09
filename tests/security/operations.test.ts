import { routes, type Route } from "@connectbest/contract";
import { sendRaw, speak } from "../src/raw";
import { Person, RestClient } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
let person: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  person = await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

/** Words of the machinery, which no client is to see. */
const inside =
  /mongo|ECONN|127\.0\.0\.1:\d+|localhost:\d+|node_modules|\.(ts|js|cjs|mjs):\d+|\n\s+at |\/(work|home|usr|root|tmp)\/|(Type|Range|Syntax|Reference)Error/i;

describe("what is open to everybody", () => {
  it("38. says how the process is, and nothing of what it is made of", async () => {
    const { body, headers } = await new RestClient(system.api).send(routes.health);
    expect(Object.keys(body as object).sort()).toEqual(["buildTime", "commit", "status", "uptime", "version"]);
    const ready = await new RestClient(system.api).send(routes.ready);
    expect(ready.body).toEqual({ status: "ready" });
    expect([headers.get("x-powered-by"), headers.get("server")]).toEqual([null, null]);
  });

  it("38. has no route for tests, for debugging, or for our own services", async () => {
    const paths = [
      "/test",
      "/api/test",
      "/api/debug",
      "/api/__test__",
      "/api/seed",
      "/api/reset",
      "/api/env",
      "/api/config",
      "/api/metrics",
      "/metrics",
      "/api/users/me/promote",
      "/api/graphql",
      "/.env",
      "/.git/config",
      "/server.js",
      "/package.json",
      "/api/../package.json",
      "/docs/../../package.json",
      "/docs/..%2f..%2fpackage.json",
    ];
    const origin = system.api.replace(/\/api$/, "");
    for (const path of paths)
      for (const method of ["GET", "POST"]) {
        const { status, text } = await sendRaw(origin + path, { method });
        expect([method, path, [400, 401, 404].includes(status)]).toEqual([method, path, true]);
        expect(text).not.toMatch(inside);
      }
    const services = (Object.entries(routes) as [string, Route][]).filter(([, { access }]) => access === "service");
    expect(services.length).toBeGreaterThan(0);
    for (const [name, route] of services) {
      const { status } = await person.rest.send(route);
      expect([name, status]).toEqual([name, 401]);
    }
  });

  it("38. echoes no request: TRACE, TRACK and CONNECT are refused, by the API and by the gateway", async () => {
    for (const part of ["PORT_API", "PORT_GATEWAY"])
      for (const method of ["TRACE", "TRACK", "CONNECT"]) {
        const port = Number(system.environment[part]);
        const request = `${method} /api/health HTTP/1.1\r\nHost: x\r\nX-Marker: do-not-echo\r\nConnection: close\r\n\r\n`;
        const heard = await speak(port, request);
        expect([part, method, heard]).toEqual([part, method, expect.not.stringMatching(/^HTTP\/1\.1 2|do-not-echo/)]);
      }
  });

  it("40. describes no route of our own services", async () => {
    const response = await fetch(`${system.api}/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).length).toBeGreaterThan(40);
    expect(Object.keys(paths).filter((path) => path.includes("internal"))).toEqual([]);
    expect(JSON.stringify(paths)).not.toMatch(/Internal|sessionId/);
  });
});
