import { generateKeyPairSync, sign } from "node:crypto";
import { routes } from "@connectbest/contract";
import { sendRaw } from "../src/raw";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { System } from "../src/system";
import { claimsOf, hs256, makeToken, secretsOf, unsigned } from "../src/tokens";

let system: System;
let owner: Person;
let outsider: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  [owner, outsider] = [await Person.signUp(system, "Owner"), await Person.signUp(system, "Outsider")];
}, 120_000);
afterAll(() => system?.stop());

const statusOf = async (headers: Record<string, string>, path = "/auth/me"): Promise<number> =>
  (await sendRaw(`${system.api}${path}`, { headers })).status;
const asBearer = (token: string) => statusOf({ authorization: `Bearer ${token}` });
const bearerOf = ({ rest }: Person): string => rest.token ?? "";
const seconds = () => Math.floor(Date.now() / 1000);

describe("who is calling", () => {
  it("1. takes no identity from headers", async () => {
    const claimed = { "x-user-id": owner.me.id, "x-user-email": owner.email, "x-user-role": "admin" };
    expect(await statusOf(claimed)).toBe(401);
    expect(await statusOf({ ...claimed, "x-session-id": String(claimsOf(bearerOf(owner))["sid"]) })).toBe(401);
    expect(await statusOf({ ...claimed, "x-visitor-address": "127.0.0.1", "x-visitor-proof": "guessed" })).toBe(401);
    expect(await statusOf({ ...claimed, cookie: `token=${bearerOf(owner)}; Authorization=${bearerOf(owner)}` })).toBe(
      401,
    );
    expect((await sendRaw(`${system.api}/auth/me?token=${bearerOf(owner)}`)).status).toBe(401);
  });

  it("2. takes no role from headers", async () => {
    const authorization = `Bearer ${bearerOf(outsider)}`;
    for (const path of ["/admin/users", "/admin/audit-log", "/admin/settings"])
      for (const forged of [{}, { "x-user-role": "admin", "x-user-id": owner.me.id }] as Record<string, string>[])
        expect(await statusOf({ authorization, ...forged }, path)).toBe(403);
    expect(await statusOf({ authorization: `Bearer ${bearerOf(owner)}` }, "/admin/users")).toBe(200);
  });

  it("3. takes no token that it has not signed itself, whatever its header says", async () => {
    const { jwt } = secretsOf(system);
    const claims = claimsOf(bearerOf(owner));
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const right = { alg: "HS256", typ: "JWT" };
    expect(await asBearer(makeToken(right, claims, hs256(jwt)))).toBe(200);
    const forged: [string, string][] = [
      ["none", makeToken({ alg: "none" }, claims, unsigned)],
      ["None", makeToken({ alg: "None", typ: "JWT" }, claims, unsigned)],
      ["nOnE, signed all the same", makeToken({ alg: "nOnE" }, claims, hs256(jwt))],
      ["no signature", makeToken(right, claims, unsigned)],
      ["another key", makeToken(right, claims, hs256("another key, as long as the right one is"))],
      ["an empty key", makeToken(right, claims, hs256(""))],
      ["RS256 with the secret as key", makeToken({ ...right, alg: "RS256" }, claims, hs256(jwt))],
      [
        "RS256",
        makeToken({ ...right, alg: "RS256" }, claims, (input) => sign("sha256", Buffer.from(input), rsa.privateKey)),
      ],
      ["HS512 named, HS256 done", makeToken({ ...right, alg: "HS512" }, claims, hs256(jwt))],
      ["kid of a file that is empty", makeToken({ ...right, kid: "../../../../dev/null" }, claims, hs256(""))],
      ["kid of a query", makeToken({ ...right, kid: "x' UNION SELECT 'key" }, claims, hs256("key"))],
      [
        "a key of its own",
        makeToken({ ...right, alg: "RS256", jwk: rsa.publicKey.export({ format: "jwk" }) }, claims, (input) =>
          sign("sha256", Buffer.from(input), rsa.privateKey),
        ),
      ],
      ["jku", makeToken({ ...right, jku: "http://127.0.0.1:1/keys" }, claims, hs256("key"))],
      [
        "claims of another under an honest signature",
        `${makeToken(right, { ...claims, sub: outsider.me.id }, unsigned)}${bearerOf(owner).split(".")[2]}`,
      ],
      ["the service's secret", makeToken(right, claims, hs256(secretsOf(system).service))],
    ];
    for (const [what, token] of forged) expect([what, await asBearer(token)]).toEqual([what, 401]);
  });

  it("4. takes a token only in its time and for its purpose", async () => {
    const { jwt } = secretsOf(system);
    const header = { alg: "HS256", typ: "JWT" };
    const claims = claimsOf(bearerOf(owner));
    const { exp: _, ...endless } = claims;
    const wrong: [string, Record<string, unknown>][] = [
      ["expired", { ...claims, iat: seconds() - 7200, exp: seconds() - 3600 }],
      ["expired a moment ago", { ...claims, exp: seconds() - 2 }],
      ["not yet valid", { ...claims, nbf: seconds() + 3600 }],
      ["for somebody else", { ...claims, aud: "another-service" }],
      ["for nobody", { ...claims, aud: undefined }],
      ["without an end", endless],
      ["of a session that never was", { ...claims, sid: "f".repeat(24) }],
      ["of another's session", { ...claims, sub: outsider.me.id }],
    ];
    for (const [what, changed] of wrong)
      expect([what, await asBearer(makeToken(header, changed, hs256(jwt)))]).toEqual([what, 401]);

    const { url, ticket } = await owner.rest.call(routes.createTicket);
    expect(await asBearer(ticket)).toBe(401);
    await expect(SocketClient.open(`${url}?ticket=${bearerOf(owner)}`)).rejects.toThrow("401");
    const { aud: __, ...noAudience } = claimsOf(ticket);
    await expect(SocketClient.open(`${url}?ticket=${makeToken(header, noAudience, hs256(jwt))}`)).rejects.toThrow(
      "401",
    );
  });
});
