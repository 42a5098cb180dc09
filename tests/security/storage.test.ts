import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import { subjects } from "../src/mail";
import { Person, RestClient } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { pause, System } from "../src/system";
import { claimsOf, secretsOf } from "../src/tokens";
import { codeOf, enableTwoFactor } from "../src/two-factor";
import { someEmail } from "../src/visitor";

/** Somebody does everything that involves a secret; then what is kept is searched for each of them. */
let system: System;
const secrets: Record<string, string> = {};
const texts: Record<string, string> = {};

/** What a text in base 32 stands for (RFC 4648). */
function bytesOf(text: string): Buffer {
  const bits = [...text]
    .map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

async function live(): Promise<void> {
  const anybody = new RestClient(system.api);
  const pending = someEmail();
  secrets["password of a registration"] = "a password that waits 47";
  await anybody.call(routes.register, {
    body: { email: pending, password: secrets["password of a registration"], name: "Pending" },
  });
  secrets["link of a registration"] = await system.inbox.tokenTo(pending, subjects.confirm);

  const person = await Person.signUp(system, "Keeper of Secrets");
  secrets["password"] = person.password;
  secrets["bearer"] = person.rest.token ?? "";
  const { secret: seed, backupCodes } = await enableTwoFactor(person);
  secrets["seed"] = seed;
  secrets["seed in hex"] = bytesOf(seed).toString("hex");
  secrets["seed in base64"] = bytesOf(seed).toString("base64");
  for (const [i, code] of backupCodes.entries()) {
    secrets[`backup code ${i}`] = code;
    secrets[`backup code ${i} without its hyphen`] = code.replace("-", "");
  }
  await Person.signIn(system.api, person.email, person.password, codeOf(seed));
  const token = { name: "script", scopes: ["read" as const, "write" as const], expiresInDays: 1 };
  secrets["personal access token"] = (await person.rest.call(routes.createToken, { body: token })).secret;
  await person.rest.call(routes.forgotPassword, { body: { email: person.email } });
  secrets["link of a reset"] = await system.inbox.tokenTo(person.email, subjects.reset);
  const newEmail = someEmail();
  await person.rest.call(routes.changeEmail, { body: { newEmail, currentPassword: person.password } });
  secrets["link of a change of address"] = await system.inbox.tokenTo(newEmail, subjects.change);
  secrets["wrong password"] = "a wrong password, perhaps another account's";
  await anybody.send(routes.login, { body: { email: person.email, password: secrets["wrong password"] } });

  texts["message over REST"] = "nobody but us should read this sentence";
  texts["message over the socket"] = "nor this one, which came another way";
  texts["status message"] = "at the dentist's until three";
  const channel = await person.createChannel("confidential", [], "private");
  await person.post(channel.id, texts["message over REST"]);
  await person.rest.call(routes.setStatus, { body: { status: "away", statusMessage: texts["status message"] } });
  const socket = await SocketClient.connect(person.rest);
  const { ticket } = await person.rest.call(routes.createTicket);
  secrets["ticket"] = ticket;
  await SocketClient.open(`${(await person.rest.call(routes.createTicket)).url}?ticket=${ticket}`).then((opened) =>
    opened.close(),
  );
  const clientMessageId = randomUUID();
  socket.send({
    action: "sendMessage",
    channelId: channel.id,
    content: texts["message over the socket"],
    clientMessageId,
  });
  await socket.waitFor("ack");
  await socket.close();
  await person.rest.call(routes.exportMe).catch(() => undefined);
  for (const broken of ['{"password":"half a body', '{"content":"half a body'])
    await fetch(`${system.api}/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: broken,
    });
}

/** Every document of every collection, binary values as text, hex and base64. */
async function dump(): Promise<string> {
  const connection = await mongoose.createConnection(system.databaseUri).asPromise();
  try {
    const lines: string[] = [];
    const collections = (await connection.db?.listCollections().toArray()) ?? [];
    for (const { name } of collections)
      for (const document of await connection.collection(name).find().toArray())
        lines.push(
          JSON.stringify({ name, document }, (_, value: unknown) => {
            const bytes = value instanceof mongoose.mongo.Binary ? Buffer.from(value.buffer) : undefined;
            return bytes ? [bytes.toString("latin1"), bytes.toString("hex"), bytes.toString("base64")] : value;
          }),
        );
    return lines.join("\n");
  } finally {
    await connection.close();
  }
}

const logs = (): string =>
  readdirSync(path.join(system.folder, "logs"))
    .map((name) => readFileSync(path.join(system.folder, "logs", name), "utf8"))
    .join("\n");

const foundIn = (text: string, wanted: Record<string, string>): string[] =>
  Object.entries(wanted)
    .filter(([, value]) => text.includes(value))
    .map(([name]) => name);

beforeAll(async () => {
  system = await System.start({ FRONTEND: "off", LOG_LEVEL: "trace" });
  await live();
  await pause(500);
}, 120_000);
afterAll(() => system?.stop());

describe("what is kept", () => {
  it("18. holds no session, link, backup code, access token, seed or password in clear", async () => {
    const everything = await dump();
    expect(everything).toContain("confidential");
    expect(everything.length).toBeGreaterThan(5000);
    for (const value of Object.values(secrets)) expect(value.length).toBeGreaterThan(8);
    expect(foundIn(everything, secrets)).toEqual([]);
    expect(foundIn(everything, secretsOf(system))).toEqual([]);
  });

  it("18. keeps passwords by a slow hash, each with a salt of its own", async () => {
    const hashes = (await dump()).match(/\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g) ?? [];
    expect(hashes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("39. tells no secret and no text of anybody's to a log, not even when it logs everything", () => {
    const everything = logs();
    expect(everything).toContain('"path":"/api/auth/login"');
    expect(foundIn(everything, { ...secrets, ...texts, ...secretsOf(system) })).toEqual([]);
    expect(everything).not.toContain("half a body");
  });

  it("26. writes neither bearers nor tickets into a log, nor any part that would do", () => {
    const everything = logs();
    for (const token of [secrets["bearer"] ?? "", secrets["ticket"] ?? ""]) {
      expect(claimsOf(token)["sid"]).toMatch(/^[0-9a-f]{24}$/);
      for (const part of token.split(".").slice(1)) expect(everything).not.toContain(part);
    }
  });
});
