import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { parseConfig as parseApiConfig } from "../../backend/src/config";
import * as frontend from "../../frontend/src/config";
import { parseSecretsConfig, parseServiceConfig } from "../../local/src/config";
import { writeSecrets } from "../../local/src/services/write-secrets";
import { parseLambdaConfig } from "../../websocket/src/config";
import { dockerfileOf, type ImageName } from "../images/built-images";
import { substitute } from "../images/dockerfile";
import { environmentOf, interpolate, readCompose, sourceOf, type Service } from "../src/compose-file";
import { root } from "../src/system";

const chosen = {
  CHAT_DOMAIN: "chat.example.com",
  MAIL_FROM: "Chat <chat@example.com>",
  SMTP_URL: "smtps://chat:hunter2@mail.example.com",
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIA",
  AWS_SECRET_ACCESS_KEY: "abc",
  GOOGLE_CLIENT_ID: "client",
  GOOGLE_CLIENT_SECRET: "of Google's",
  FILES_BUCKET: "files",
  S3_ENDPOINT: "https://s3.example.com",
};
/** Read by the AWS SDK, not by our programs. */
const ofTheSdk = new Set(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
const oneShots = ["secrets", "migrate"];

/** What each reader's file holds, as the program of the image writes it. */
function writtenSecrets(): Record<string, Record<string, string>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-compose-"));
  writeSecrets({ folder, origin: "https://chat.example.com" });
  const read = (reader: string) => parseEnv(readFileSync(path.join(folder, reader, "env"), "utf8"));
  const all = { backend: read("backend"), frontend: read("frontend"), gateway: read("gateway") };
  rmSync(folder, { recursive: true });
  return all as Record<string, Record<string, string>>;
}
const secrets = writtenSecrets();

const imageOf = ({ image }: Service): ImageName | undefined =>
  /^connectbest-(\w+)$/.exec(image)?.[1] as ImageName | undefined;

/** `ENV` of the image as it is built without arguments, beneath what the compose file sets. */
function imageEnvironment(name: ImageName): Record<string, string> {
  const found = { build: {} as Record<string, string>, environment: {} as Record<string, string> };
  for (const one of dockerfileOf(name).stages.at(-1)?.instructions ?? []) {
    if (one.kind === "ARG") found.build[one.name] = one.fallback ?? "";
    if (one.kind === "ENV")
      for (const [variable, value] of Object.entries(one.values))
        found.environment[variable] = substitute(value, found.build);
  }
  return found.environment;
}

/** The programs that a workspace's build leaves in its dist. */
const programsOf = (name: ImageName): string[] => {
  const text = readFileSync(path.join(root, name, "build.mjs"), "utf8");
  return [...text.matchAll(/"?([\w-]+)"?: "src\//g)].map(([, program]) => `${name}/dist/${program}.js`);
};

describe.each(["docker-compose.yml", "compose.prod.yml"])("%s", (file) => {
  const isProduction = file !== "docker-compose.yml";
  const { services, networks, volumes } = readCompose(file);
  const all = Object.entries(services);
  const environment = (name: string) => environmentOf(services[name], chosen);

  it("lets no container do more than it must", () => {
    const added = { secrets: ["CHOWN", "DAC_OVERRIDE"], caddy: ["NET_BIND_SERVICE"] } as Record<string, string[]>;
    for (const [name, service] of all) {
      expect([name, service.read_only, service.init, service.privileged]).toEqual([name, true, true, undefined]);
      expect([name, service.cap_drop, service.cap_add]).toEqual([name, ["ALL"], added[name]]);
      expect([name, service.security_opt]).toEqual([name, ["no-new-privileges:true"]]);
      expect([name, service.tmpfs]).toEqual([name, expect.arrayContaining(["/tmp"])]);
      expect([name, service.restart]).toEqual([name, oneShots.includes(name) ? "no" : "unless-stopped"]);
      if (name !== "secrets")
        expect([name, service.user ?? ""]).toEqual([name, expect.not.stringMatching(/^(0|root)/)]);
    }
  });

  it("builds each image once: two builds of one name at the same time are in each other's way", () => {
    const built = all.flatMap(([, service]) => (service.build ? [[service.image, service.build.dockerfile]] : []));
    const used = new Set(all.flatMap(([, service]) => imageOf(service) ?? []));
    expect(built.sort()).toEqual([...used].sort().map((name) => [`connectbest-${name}`, `${name}/Dockerfile`]));
    expect(used.size).toBe(3);
  });

  it("starts each part when those it stands on are healthy, or done", () => {
    for (const [name, { depends_on = {} }] of all)
      for (const [needed, { condition }] of Object.entries(depends_on))
        expect([name, needed, condition]).toEqual([
          name,
          needed,
          oneShots.includes(needed) ? "service_completed_successfully" : "service_healthy",
        ]);
    const needs = (name: string) => Object.keys(services[name]?.depends_on ?? {});
    expect(needs("backend")).toEqual(expect.arrayContaining(["secrets", "migrate", "mongo", "dynamodb", "gateway"]));
    expect(needs("migrate")).toEqual(["mongo"]);
    expect(needs("frontend")).toEqual(["secrets", "backend"]);
    for (const [name, service] of all) {
      const image = imageOf(service);
      const inherited =
        image &&
        dockerfileOf(image)
          .stages.at(-1)
          ?.instructions.some((one) => one.kind === "HEALTHCHECK");
      const isChecked = service.healthcheck ? Boolean(service.healthcheck.test) : inherited;
      expect([name, isChecked]).toEqual([name, !oneShots.includes(name)]);
    }
  });

  it("opens to the machine, or to the world, what is needed and nothing else", () => {
    const ports = all.flatMap(([name, service]) => (service.ports ?? []).map((port) => `${name} ${interpolate(port)}`));
    expect(ports.sort()).toEqual(
      isProduction
        ? ["caddy 443:443", "caddy 443:443/udp", "caddy 80:80"]
        : [
            "backend 127.0.0.1:5001:5001",
            "frontend 127.0.0.1:3000:3000",
            "gateway 127.0.0.1:8081:8081",
            "mail 127.0.0.1:8025:8025",
          ],
    );
    expect(all.filter(([, service]) => service.network_mode).map(([name]) => name)).toEqual(["secrets"]);
    expect(services["secrets"]?.network_mode).toBe("none");
  });

  it("keeps the database and the list of connections among those who need them", () => {
    const members = (network: string) => all.filter(([, { networks = [] }]) => networks.includes(network));
    expect([networks["data"], networks["live"]]).toEqual([{ internal: true }, { internal: true }]);
    expect(
      members("data")
        .map(([name]) => name)
        .sort(),
    ).toEqual(["backend", "migrate", "mongo", ...(isProduction ? ["backup"] : [])].sort());
    expect(
      members("live")
        .map(([name]) => name)
        .sort(),
    ).toEqual(["backend", "dynamodb", "gateway"]);
    expect([services["mongo"]?.networks, services["dynamodb"]?.networks]).toEqual([["data"], ["live"]]);
  });

  it("keeps data in named volumes, and its secrets in a folder that git ignores, each reader's apart", () => {
    const mounted = all.flatMap(([, service]) => service.volumes ?? []);
    const isFolder = (volume: string) => volume.startsWith(".");
    const named = mounted.filter((volume) => !isFolder(volume)).map(sourceOf);
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
    const folders = mounted.filter(isFolder).map(sourceOf).sort();
    const home = isProduction ? "./.data/compose-prod" : "./.data/compose";
    const expected = [home, ...Object.keys(secrets).map((reader) => `${home}/${reader}`)];
    expect(folders).toEqual([...expected, ...(isProduction ? ["./deploy/Caddyfile"] : [])].sort());
    for (const reader of Object.keys(secrets)) {
      expect(services[reader]?.volumes).toContain(`${home}/${reader}:/run/connectbest:ro`);
      expect(services[reader]?.command?.slice(0, 2)).toEqual(["node", "--env-file=/run/connectbest/env"]);
      const ignored = spawnSync("git", ["check-ignore", "-q", `${home}/${reader}/env`], { cwd: root });
      expect(ignored.status).toBe(0);
    }
  });

  it("holds no secret", () => {
    const text = readFileSync(path.join(root, file), "utf8");
    expect(text).not.toMatch(/:\/\/[^/\s"]*:[^/\s"]*@/);
    const made = new Set(Object.values(secrets).flatMap((values) => Object.keys(values)));
    for (const [name, { environment = {} }] of all)
      for (const [variable, value] of Object.entries(environment)) {
        expect([name, made.has(variable)]).toEqual([name, false]);
        if (/secret|password|token|key|smtp/i.test(variable)) expect(value).toMatch(/^\$\{\w+:-\}$/);
      }
  });

  it("gives each program every variable that it demands, and none that it does not know", () => {
    const given = (name: string) => ({ ...environment(name), ...secrets[name] });
    const unknown = (name: string, known: object) =>
      Object.keys(given(name)).filter((variable) => !(variable in known) && !ofTheSdk.has(variable));

    expect(unknown("backend", parseApiConfig({ ...imageEnvironment("backend"), ...given("backend") }))).toEqual([]);
    const known = { ...parseLambdaConfig(given("gateway")), ...parseServiceConfig(given("gateway")) };
    expect(unknown("gateway", known)).toEqual([]);
    expect(unknown("dynamodb", parseServiceConfig(given("dynamodb")))).toEqual([]);
    expect(unknown("secrets", parseSecretsConfig(given("secrets")))).toEqual([]);
    frontend.parseConfig({ NODE_ENV: "production", ...given("frontend") });
    expect(
      Object.keys(given("frontend")).filter((name) => !(frontend.frontendVariables as string[]).includes(name)),
    ).toEqual([]);
    // These read a part of what the API reads.
    for (const name of ["migrate", "backup"])
      expect(
        Object.keys(environment(name)).filter((one) => environment("backend")[one] !== environment(name)[one]),
      ).toEqual([]);
  });

  it("tells every part the same addresses", () => {
    const [api, web, gateway] = [environment("backend"), environment("frontend"), environment("gateway")];
    expect([api["PUBLIC_URL"], api["REALTIME_URL"]]).toEqual([web["NEXTAUTH_URL"], web["REALTIME_URL"]]);
    expect(gateway["ALLOWED_ORIGINS"]?.split(",")).toContain(api["PUBLIC_URL"]);
    expect(environment("secrets")["PUBLIC_URL"]).toBe(api["PUBLIC_URL"]);
    expect([api["TRUSTED_PROXIES"], web["TRUSTED_PROXIES"]]).toEqual(
      isProduction ? ["1", "1"] : [undefined, undefined],
    );
    expect(api["SES_ENDPOINT"]).toBe(isProduction ? undefined : "http://mail:8025");
  });

  it("runs programs that the images hold", () => {
    for (const [name, service] of all) {
      const image = imageOf(service);
      if (!image) continue;
      const copied = (dockerfileOf(image).stages.at(-1)?.instructions ?? []).flatMap((one) =>
        one.kind === "COPY" && !one.from ? one.sources.map((source) => path.basename(source)) : [],
      );
      const held = image === "frontend" ? ["frontend/server.js"] : programsOf(image);
      const run = [...(service.command ?? []), ...(service.healthcheck?.test ?? [])].filter((word) =>
        /\.m?js$/.test(word),
      );
      expect(run.length).toBeGreaterThan(0);
      for (const program of run)
        expect([name, [...held, ...copied]]).toEqual([name, expect.arrayContaining([program])]);
    }
  });
});

describe("the two compose files", () => {
  const [here, there] = [readCompose("docker-compose.yml").services, readCompose("compose.prod.yml").services];

  it("agree on what is the same on both: the database, the list of connections, the migrations", () => {
    for (const name of ["mongo", "dynamodb", "migrate"]) {
      const { mem_limit: _limit, logging: _logging, ...service } = there[name] as Service;
      expect(service).toEqual(here[name]);
    }
    expect(here["mongo"]?.command).toContain("transactionLifetimeLimitSeconds=3");
  });

  it("bound what a container takes and says, on a host of one's own", () => {
    for (const [name, service] of Object.entries(there)) {
      expect([name, interpolate(service.mem_limit ?? "", chosen)]).toEqual([name, expect.stringMatching(/^\d+[mg]$/)]);
      expect([name, service.logging?.options]).toEqual([name, { "max-size": "10m", "max-file": "5" }]);
    }
  });

  it("demand a name and a sender before a host of one's own starts", () => {
    const refused = (name: string) => () => environmentOf(there[name], {});
    expect(refused("caddy")).toThrow("CHAT_DOMAIN is not set: Set CHAT_DOMAIN in .env");
    expect(() => environmentOf(there["backend"], { CHAT_DOMAIN: "x" })).toThrow("MAIL_FROM is not set: Set MAIL_FROM");
  });
});

it("whoever restores stops everything that speaks to the database", () => {
  const { services } = readCompose("compose.prod.yml");
  const speaking = Object.keys(services).filter((name) => services[name]?.networks?.includes("data"));
  const guide = readFileSync(path.join(root, "docs/deployment/containers.md"), "utf8");
  const stopped = /^docker compose -f compose\.prod\.yml stop (.*)$/m.exec(guide)?.[1]?.split(" ");
  const ended = ["mongo", ...oneShots];
  expect(stopped).toEqual(expect.arrayContaining(speaking.filter((name) => !ended.includes(name))));
});

/** The first client here that knows compose files, if any. */
const client = [["docker", "compose"], ["docker-compose"]].find(
  ([program = "", ...args]) => spawnSync(program, [...args, "version"]).status === 0,
);

(client ? it : it.skip).each(["docker-compose.yml", "compose.prod.yml"])("a client takes %s", (file) => {
  const [program = "", ...args] = client ?? [];
  // The first generation of the client, which some distributions still have, knows no project name in the file.
  const text = readFileSync(path.join(root, file), "utf8").replace(program === "docker" ? "" : /^name:.*$/m, "");
  const { status, stderr } = spawnSync(program, [...args, "-f", "-", "--project-directory", root, "config", "-q"], {
    input: text,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...chosen },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
