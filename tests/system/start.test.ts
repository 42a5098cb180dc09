import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { routes } from "@connectbest/contract";
import { freePorts } from "../src/ports";
import { Person, RestClient } from "../src/rest-client";
import { launchToEnd, root, System, until } from "../src/system";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("npm start", () => {
  let system: System;
  beforeAll(async () => (system = await System.start()), 120_000);
  afterAll(() => system?.stop());

  it("serves the frontend, the API, its description, the inbox, and says where", async () => {
    const port = (name: string) => system.environment[name] ?? "";
    const status = async (url: string) => (await fetch(url)).status;
    expect(await status(`${system.web}/login`)).toBe(200);
    expect(await status(`${system.api}/health/ready`)).toBe(200);
    expect(await status(`${system.api}/openapi.json`)).toBe(200);
    expect(await status(`http://127.0.0.1:${port("PORT_API")}/docs`)).toBe(200);
    expect(await status(`http://127.0.0.1:${port("PORT_MAIL")}/`)).toBe(200);
    for (const name of ["PORT_FRONTEND", "PORT_API", "PORT_GATEWAY", "PORT_DATABASE", "PORT_MAIL"])
      expect(system.output).toContain(`:${port(name)}`);
  });

  it("listens on this machine alone", async () => {
    const outside = Object.values(os.networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === "IPv4");
    if (!outside) return;
    for (const name of ["PORT_FRONTEND", "PORT_API", "PORT_GATEWAY", "PORT_DATABASE", "PORT_DYNAMODB", "PORT_MAIL"])
      await expect(fetch(`http://${outside.address}:${system.environment[name]}/`)).rejects.toThrow();
  });

  it("keeps its secrets to its owner, and out of its logs", async () => {
    const person = await Person.signUp(system, "Grace Hopper");
    const file = path.join(system.folder, "secrets.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const secrets = Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
    const logs = readdirSync(path.join(system.folder, "logs")).map((name) =>
      readFileSync(path.join(system.folder, "logs", name), "utf8"),
    );
    for (const secret of [...secrets, person.rest.token ?? "none", person.password, person.email])
      expect(logs.join("")).not.toContain(secret);
    expect(readdirSync(path.join(system.folder, "logs")).sort()).toEqual(
      ["api.log", "database.log", "dynamodb.log", "frontend.log", "gateway.log", "mail.log"].sort(),
    );
  });

  it("starts a part again that crashed", async () => {
    const before = system.pid("API");
    system.kill("API");
    await until("the API is back", async () => system.pid("API") !== before && (await system.apiIsReady()));
    expect(system.output).toContain("API ended unexpectedly");
  });

  it("finds everything again after Ctrl-C and a new start, and leaves no process behind", async () => {
    const ada = await Person.signUp(system, "Ada Lovelace");
    const channel = await ada.createChannel("kept");
    await ada.post(channel.id, "still here tomorrow?");
    const { pids } = system;
    expect(await system.interrupt()).toBe(0);
    for (const pid of pids) expect(isAlive(pid)).toBe(false);

    await system.start();
    const [message] = await ada.readAll(channel.id);
    expect(message?.content).toBe("still here tomorrow?");
    const again = await new RestClient(system.api).call(routes.login, {
      body: { email: ada.email, password: ada.password },
    });
    expect(again.user.id).toBe(ada.me.id);
  }, 120_000);

  it("leaves no process behind even when it is killed itself", async () => {
    const { pids } = system;
    await system.interrupt("SIGKILL");
    await until("every part has ended", () => !pids.some(isAlive), 15_000);
    await system.start();
  }, 120_000);
});

describe("npm start that cannot", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-start-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const environment = async (): Promise<Record<string, string>> => {
    const names = ["PORT_FRONTEND", "PORT_API", "PORT_GATEWAY", "PORT_DATABASE", "PORT_DYNAMODB", "PORT_MAIL"];
    const ports = await freePorts(names.length);
    return { DATA_DIR: folder, ...Object.fromEntries(names.map((name, i) => [name, String(ports[i])])) };
  };

  it("names the port that is taken, and how to choose another", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    const taken = (holder.address() as AddressInfo).port;
    const { status, output } = await launchToEnd({ ...(await environment()), PORT_API: String(taken) });
    expect(status).toBe(1);
    expect(output.trim()).toMatch(new RegExp(`^Port ${taken}, which the API needs, is taken.*PORT_API=`));
    await new Promise((resolve) => holder.close(resolve));
  });

  it("names two parts that are given one port", async () => {
    const setting = await environment();
    const { status, output } = await launchToEnd({ ...setting, PORT_API: setting["PORT_MAIL"] ?? "" });
    expect([status, output]).toEqual([1, expect.stringContaining("are both set to port")]);
  });

  it("names the data folder that cannot be written", async () => {
    const file = path.join(folder, "a-file");
    writeFileSync(file, "");
    const { status, output } = await launchToEnd({ ...(await environment()), DATA_DIR: path.join(file, "data") });
    expect(status).toBe(1);
    expect(output.trim()).toMatch(/^The data folder .* cannot be written/);
  });

  it("names the database that does not answer, without its password", async () => {
    const [port] = await freePorts(1);
    const { status, output } = await launchToEnd({
      ...(await environment()),
      MONGODB_URI: `mongodb://someone:hunter2@127.0.0.1:${port}/chat`,
    });
    expect(status).toBe(1);
    expect(output.trim()).toMatch(/^The database at MONGODB_URI .* does not answer/);
    expect(output).not.toContain("hunter2");
  }, 30_000);

  it("names a variable that makes no sense", async () => {
    const { status, output } = await launchToEnd({ ...(await environment()), PORT_API: "many" });
    expect([status, output]).toEqual([1, expect.stringContaining("PORT_API")]);
  });

  it("refuses a Node that is too old, before anything else", async () => {
    const script = `Object.defineProperty(process.versions, "node", { value: "18.20.0" }); await import("./scripts/start.mjs");`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
    let output = "";
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    const status = await new Promise((resolve) => child.once("exit", resolve));
    expect([status, output.trim()]).toEqual([1, expect.stringMatching(/^ConnectBest Chat needs Node 20\.19 or newer/)]);
  });
});
