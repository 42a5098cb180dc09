import {
  callers,
  ErrorBody,
  permissions,
  routes,
  scopeOf,
  type Caller,
  type Route,
  type RouteName,
} from "@connectbest/contract";
import type { Response } from "supertest";
import { MemberModel } from "./features/channels/members.model";
import { OpenIdIssuer } from "./testing/openid-issuer";
import { buildScene, callAs, promote, send, tokenWith, type Scene } from "./testing/scene";
import { startTestApi, type Account, type TestApi } from "./testing/test-api";
import { validRequests } from "./testing/valid-requests";

let api: TestApi;
let issuer: OpenIdIssuer;
let root: Account;
let scene: Scene;
beforeAll(async () => {
  issuer = await OpenIdIssuer.start();
  api = await startTestApi({ GOOGLE_CLIENT_ID: issuer.clientId, GOOGLE_ISSUER: issuer.url });
  root = await api.signUp("Root");
  scene = await buildScene(api, issuer, root);
});
afterAll(async () => {
  await api.close();
  await issuer.stop();
});

const everyRoute = Object.entries(routes) as [RouteName, Route][];

/** After these the caller is no longer who they were: each walk of one has people of its own. */
const lasting = new Set<RouteName>([
  "logout",
  "changePassword",
  "setUpTwoFactor",
  "verifyTwoFactorSetup",
  "disableTwoFactor",
  "regenerateBackupCodes",
  "revokeOtherSessions",
  "leaveChannel",
  "deleteMe",
]);

/** `yes` is a success, or the way to it, and nothing less; a refusal is told in the wire's shape. */
function verdictOf(response: Response): string | number {
  if (response.status >= 200 && response.status < 400) return "yes";
  ErrorBody.parse(response.body);
  return response.status;
}

describe("the permission table", () => {
  it.each(everyRoute)("%s answers each kind of caller as promised", async (name, route) => {
    const place = lasting.has(name) ? await buildScene(api, issuer, root) : scene;
    for (const path of [route.path, ...(route.aliases ?? [])]) {
      const found = {} as Record<Caller, unknown>;
      for (const caller of callers) found[caller] = verdictOf(await callAs(place, name, caller, path));
      expect({ path, ...found }).toEqual({ path, ...permissions[name] });
    }
  });

  it("never shows an outsider a word of the channel, whatever they ask", async () => {
    const { channel } = await api.call(routes.getChannel, {
      token: scene.people.channelAdmin.token,
      params: { id: scene.channelId },
    });
    for (const caller of ["outsider", "administrator"] as const)
      for (const [name, route] of everyRoute) {
        if (lasting.has(name) || route.download || route.access === "service") continue;
        const { text } = await callAs(scene, name, caller);
        expect([name, text.includes("only for members"), text.includes(String(channel.name))]).toEqual([
          name,
          false,
          false,
        ]);
      }
  });

  it("lets only a channel's administrator make another one", async () => {
    const roleOf = async (caller: Caller) => {
      const body = { userId: (await api.signUp("Newcomer")).id, role: "admin" as const };
      return verdictOf(
        await send(api, routes.addMember, {
          token: scene.people[caller].token,
          params: { id: scene.channelId },
          body,
        }),
      );
    };
    expect([await roleOf("member"), await roleOf("channelAdmin"), await roleOf("administrator")]).toEqual([
      403,
      "yes",
      404,
    ]);
  });

  it("tells the holder of a personal access token of somebody suspended so, and gives them nothing", async () => {
    const person = await api.signUp("Suspended later");
    const token = await tokenWith(api, person, "read");
    await api.call(routes.suspendUser, {
      token: root.token,
      params: { id: person.id },
      body: { reason: "to see what is left to them" },
    });
    const response = await send(api, routes.me, { token });
    expect([response.status, response.body]).toEqual([403, expect.objectContaining({ code: "account_suspended" })]);
  });
});

describe("a personal access token", () => {
  let holder: Account;
  beforeAll(async () => {
    holder = scene.people.channelAdmin;
    await promote(api, root, holder);
  });

  /** Who has left is in the channel again, as what they were. */
  async function comeBack(): Promise<void> {
    const params = { id: scene.channelId };
    await api.call(routes.addMember, { token: scene.people.member.token, params, body: { userId: holder.id } });
    const [channelId, userId] = [scene.channelId, holder.id];
    await MemberModel.updateOne({ channelId, userId }, { $set: { role: "admin" } });
  }

  const promised = (route: Route, scope: string): string | number => {
    if (route.access === "public") return "yes";
    if (route.access === "service") return 401;
    return scopeOf(route) === scope ? "yes" : 403;
  };

  it.each(["read", "write", "admin"] as const)(
    "with the scope %s alone opens the routes of that scope",
    async (scope) => {
      const token = await tokenWith(api, holder, scope);
      const found: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const [name, route] of everyRoute) {
        // What a token may never do is asked for last of all by somebody who could lose their account by it.
        const me = lasting.has(name) && name !== "leaveChannel" ? await api.signUp("Preparer") : holder;
        const valid = await validRequests[name](scene, me, "channelAdmin");
        found[name] = verdictOf(await send(api, route, { ...valid, token }));
        expected[name] = promised(route, scope);
        if (name === "leaveChannel" && found[name] === "yes") await comeBack();
      }
      expect(found).toEqual(expected);
      expect((await send(api, routes.me, { token: holder.token })).status).toBe(200);
    },
  );

  it("with the scope admin is of no use to somebody who is no administrator any more", async () => {
    const person = await api.signUp("For a day");
    await promote(api, root, person);
    const token = await tokenWith(api, person, "admin");
    expect((await send(api, routes.adminListUsers, { token })).status).toBe(200);
    await api.call(routes.setUserRole, { token: root.token, params: { id: person.id }, body: { role: "user" } });
    expect((await send(api, routes.adminListUsers, { token })).status).toBe(403);
  });

  it("is not made with a scope that its maker lacks", async () => {
    const body = { name: "too much", scopes: ["admin"], expiresInDays: 1 };
    const response = await send(api, routes.createToken, { token: scene.people.member.token, body });
    expect(response.status).toBe(403);
  });
});
