import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { OwnDatabase } from "../faults/own-database";
import { freePorts } from "../src/ports";
import { Inbox } from "../src/mail";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { root } from "../src/system";
import { BuiltImages, buildArguments, names, writable, type ImageName } from "./built-images";
import { Container } from "./container";
import { describe as describeTree, eachFile, sizeOf } from "./file-tree";
import { installedPackages, productionPackages } from "./production-packages";

/** Megabytes of our files, on top of the base image: what docs/deployment/containers.md tells, and a little. */
const largest: Record<ImageName, number> = { backend: 80, frontend: 30, local: 70 };

let images: BuiltImages;
beforeAll(async () => (images = await BuiltImages.build()), 600_000);
afterAll(() => images?.remove());

describe.each(names)("the image of %s", (name) => {
  it("is no larger than it is said to be", () => {
    const size = sizeOf(images.get(name).folder) / 1e6;
    expect(size).toBeLessThan(largest[name]);
    expect(size).toBeGreaterThan(largest[name] / 2);
  });

  it("holds nothing secret, and nothing of version control", () => {
    const { folder } = images.get(name);
    const files = [...eachFile(folder)].map(({ file }) => path.relative(folder, file));
    const secret = /(^|\/)(\.env[^/]*|\.data|\.git|\.npmrc|\.npm|secrets\.json|[^/]*\.(pem|key))$/;
    expect(files.filter((file) => secret.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith("app/") && /\.(ts|tsx)$/.test(file))).toEqual([]);
  });

  it("can be read by whom it runs as", () => {
    const closed = [...eachFile(images.get(name).folder, writable(images.get(name)))].filter(
      ({ stats }) => !stats.isSymbolicLink() && (~stats.mode & (stats.isDirectory() ? 0o005 : 0o004)) !== 0,
    );
    expect(closed.map(({ file }) => file)).toEqual([]);
  });

  it("tells which build it is", () => {
    const { labels } = images.get(name);
    expect(labels["org.opencontainers.image.version"]).toBe(buildArguments.BUILD_VERSION);
    expect(labels["org.opencontainers.image.revision"]).toBe(buildArguments.BUILD_COMMIT);
    expect(labels["org.opencontainers.image.created"]).toBe(buildArguments.BUILD_TIME);
  });
});

it.each(["backend", "local"] as const)("the packages in the image of %s are those it needs in production", (name) => {
  const needed = productionPackages(root, [name]);
  const installed = installedPackages(path.join(images.get(name).folder, "app"));
  expect(installed.length).toBeGreaterThan(50);
  expect(installed.filter((place) => !needed.has(place))).toEqual([]);
});

it("the packages in the image of the frontend are few, and none of them builds", () => {
  const installed = installedPackages(path.join(images.get("frontend").folder, "app"));
  expect(installed).toContain("node_modules/next");
  expect(installed.length).toBeLessThan(25);
  expect(installed.join(" ")).not.toMatch(/typescript|tailwindcss|esbuild|eslint|jest|playwright|aws-cdk/);
});

describe("the images together", () => {
  const started: Container[] = [];
  let database: OwnDatabase;
  let api: Container;
  let web: Container;
  let mail: Container;
  let trees: Map<ImageName, string[]>;

  const start = async (name: ImageName, environment: Record<string, string>, command?: string[]) => {
    const container = await Container.start(images.get(name), environment, command);
    started.push(container);
    return container;
  };
  const service = (file: string, environment: Record<string, string> = {}) =>
    start("local", environment, ["node", "--enable-source-maps", `local/dist/${file}.js`]);

  beforeAll(async () => {
    trees = new Map(names.map((name) => [name, describeTree(images.get(name).folder, writable(images.get(name)))]));
    database = await OwnDatabase.prepare();
    await database.start();
    const [apiPort = 0, webPort = 0, gatewayPort = 0] = await freePorts(3);
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const webUrl = `http://localhost:${webPort}`;
    const secrets = path.join(images.get("local").folder, "tmp/secrets");
    const maker = await start("local", { DATA_DIR: secrets, PUBLIC_URL: webUrl }, [
      "node",
      "local/dist/secrets-main.js",
    ]);
    expect(await maker.ended()).toBe(0);
    /** As the compose files have it: each reads its own. */
    const withSecrets = (reader: string, [node = "", ...rest]: string[]) => [
      node,
      `--env-file=${secrets}/${reader}/env`,
      ...rest,
    ];

    const dynamodb = await service("dynamodb-main");
    mail = await service("mail-main");
    await dynamodb.healthy();
    await mail.healthy(["node", "health-check.mjs", "/health-check"]);
    const realtime = {
      DYNAMODB_ENDPOINT: dynamodb.url,
      REALTIME_SENDER: "gateway",
      REALTIME_ENDPOINT: `http://127.0.0.1:${gatewayPort}`,
    };
    const gateway = await start(
      "local",
      { ...realtime, PORT: String(gatewayPort), API_URL: apiUrl, ALLOWED_ORIGINS: webUrl },
      withSecrets("gateway", images.get("local").command),
    );
    const realtimeUrl = `ws://127.0.0.1:${gatewayPort}/local`;
    api = await start(
      "backend",
      {
        ...realtime,
        PORT: String(apiPort),
        MONGODB_URI: database.uri,
        REALTIME_URL: realtimeUrl,
        PUBLIC_URL: webUrl,
        SES_ENDPOINT: mail.url,
        BCRYPT_COST: "4",
      },
      withSecrets("backend", images.get("backend").command),
    );
    web = await start(
      "frontend",
      { PORT: String(webPort), API_URL: apiUrl, NEXTAUTH_URL: webUrl, REALTIME_URL: realtimeUrl },
      withSecrets("frontend", images.get("frontend").command),
    );
    for (const container of [gateway, api, web]) await container.healthy();
    await api.healthy(["node", "health-check.mjs", "/api/health/ready"]);
  }, 180_000);
  afterAll(async () => {
    for (const container of started) await container.stop();
    await database?.remove();
  }, 60_000);

  it("serve: the API, its readiness and its reference, the pages, their files for good, and which build they are", async () => {
    const build = { status: "ok", version: buildArguments.BUILD_VERSION, commit: buildArguments.BUILD_COMMIT };
    const json = async (url: string): Promise<unknown> => (await fetch(url)).json();
    expect(await json(`${api.url}/api/health`)).toMatchObject({ ...build, buildTime: buildArguments.BUILD_TIME });
    expect(await json(`${api.url}/api/health/ready`)).toEqual({ status: "ready" });
    const docs = await fetch(`${api.url}/docs/`);
    await docs.arrayBuffer();
    expect(docs.status).toBe(200);

    const health = await fetch(`${web.url}/health`);
    expect(health.headers.get("cache-control")).toBe("no-store");
    expect(await health.json()).toEqual({ ...build, buildTime: buildArguments.BUILD_TIME });
    expect(await json(`${web.url}/api/health`)).toMatchObject(build);
    const page = await (await fetch(`${web.url}/login`)).text();
    expect(page).toContain("Sign in");
    const script = await fetch(`${web.url}${/\/_next\/static\/[^"]+\.js/.exec(page)?.[0]}`);
    // Read to its end: an answer that nobody takes is one under way.
    await script.arrayBuffer();
    expect([script.status, script.headers.get("cache-control")]).toEqual([200, expect.stringContaining("immutable")]);
  });

  it("carry a message from one person to another, over sockets, after a mailed link and a hashed password", async () => {
    const system = { api: `${api.url}/api`, inbox: new Inbox(mail.url) };
    const ada = await Person.signUp(system, "Ada");
    const bob = await Person.signUp(system, "Bob");
    const channel = await ada.createChannel("launch", [bob]);
    const [a, b] = [await SocketClient.connect(ada.rest), await SocketClient.connect(bob.rest)];
    a.send({ action: "sendMessage", channelId: channel.id, content: "shipped", clientMessageId: randomUUID() });
    const { message } = await b.waitFor("message.created", (event) => event.channelId === channel.id);
    expect(message.content).toBe("shipped");
    await Promise.all([a.close(), b.close()]);
  });

  it("prepare, back up and verify the database, with the other programs of the API's image", async () => {
    const backups = path.join(images.get("backend").folder, "tmp/backups");
    mkdirSync(backups);
    chmodSync(backups, 0o777);
    const program = async (...command: string[]) => {
      const container = await start("backend", { MONGODB_URI: database.uri }, ["node", ...command]);
      return { status: await container.ended(), output: container.output };
    };
    expect(await program("--enable-source-maps", "backend/dist/migrate.js")).toMatchObject({ status: 0 });

    const command = ["node", "backend/dist/backup.js", backups, "--keep", "14"];
    const daily = await start("backend", { MONGODB_URI: database.uri }, [
      "node",
      "daily-backup.mjs",
      backups,
      ...command,
    ]);
    await daily.healthy(["node", "daily-backup.mjs", backups, "--check"]);
    expect(await daily.stop()).toMatchObject({ end: 0 });
    const [made = "none"] = readdirSync(backups).filter((name) => name.startsWith("connectbest-"));
    const verified = await program("backend/dist/restore.js", path.join(backups, made), "--verify-only");
    expect(verified).toEqual({ status: 0, output: expect.stringContaining("is whole") as string });
  }, 60_000);

  it("run where nothing can be written but the volumes", async () => {
    const write = `for (const folder of ["", ...process.argv.slice(1)]) try { fs.writeFileSync(folder + "new", ""); console.log("yes"); } catch { console.log("no"); }`;
    const { folder } = images.get("backend");
    const writer = await start("backend", {}, [
      "node",
      "-e",
      write,
      "backend/dist/",
      `${folder}/tmp/`,
      `${folder}/data/`,
    ]);
    expect(await writer.ended()).toBe(0);
    expect(writer.output.trim().split("\n")).toEqual(["no", "no", "yes", "yes"]);
  });

  it("are told to be ill when they are: a check of nobody's port fails", async () => {
    const [port = 0] = await freePorts(1);
    for (const name of names) {
      const container = await start(name, { PORT: String(port) }, ["node", "-e", "setTimeout(() => {}, 60_000)"]);
      expect(await container.check()).toBe(1);
      await container.stop();
    }
  }, 30_000);

  it("end within seconds of SIGTERM, having written nothing but into their volumes", async () => {
    for (const container of [...started].reverse()) {
      if (container.hasEnded) continue;
      const { end, ms } = await container.stop();
      // Next says that it was told to.
      expect(end).toBe(container === web ? 128 + os.constants.signals.SIGTERM : 0);
      expect(ms).toBeLessThan(5000);
    }
    for (const name of names)
      expect(describeTree(images.get(name).folder, writable(images.get(name)))).toEqual(trees.get(name));
  }, 60_000);
});
