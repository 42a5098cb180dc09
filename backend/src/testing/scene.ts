import { randomBytes, randomUUID } from "node:crypto";
import { routes, type Caller, type Route, type RouteName, type RouteScope } from "@connectbest/contract";
import request, { type Response } from "supertest";
import type { OpenIdIssuer } from "./openid-issuer";
import type { Account, TestApi } from "./test-api";
import { validRequests, type ValidRequest } from "./valid-requests";

/** A private channel with a message in it, and one person of each kind around it. */
export interface Scene {
  api: TestApi;
  issuer: OpenIdIssuer;
  /** The first of the workspace, who can do everything to everybody. */
  root: Account;
  channelId: string;
  messageId: string;
  /** The anonymous one has an account too, and does not say so. */
  people: Record<Caller, Account>;
}

export const promote = async (api: TestApi, root: Account, person: Account): Promise<void> =>
  void (await api.call(routes.setUserRole, {
    token: root.token,
    params: { id: person.id },
    body: { role: "admin" },
  }));

export async function buildScene(api: TestApi, issuer: OpenIdIssuer, root: Account): Promise<Scene> {
  const people = {} as Record<Caller, Account>;
  for (const caller of ["anonymous", "outsider", "member", "channelAdmin", "suspended", "administrator"] as const)
    people[caller] = await api.signUp(caller);
  await promote(api, root, people.administrator);
  const channel = await api.createChannel(people.channelAdmin, [people.member, people.suspended], "private");
  const message = await api.post(people.channelAdmin, channel.id, `only for members ${randomUUID()}`);
  const body = { reason: "to see what is left to them" };
  await api.call(routes.suspendUser, { token: root.token, params: { id: people.suspended.id }, body });
  return { api, issuer, root, channelId: channel.id, messageId: message.id, people };
}

export interface Sent extends ValidRequest {
  path?: string;
  token?: string | undefined;
}

/** Sends a request as it is, files too. */
export function send(api: TestApi, route: Route, { path = route.path, token, params, query, body, file }: Sent) {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => params?.[name] ?? name);
  const call = request(api.app)[route.method](`/api${filled}`);
  if (token) call.set("authorization", `Bearer ${token}`);
  if (query) call.query(query);
  if (file) return call.attach("file", file, "picture.png");
  return body === undefined ? call : call.send(body as object);
}

/** Calls a route as one kind of caller, with everything else in order. */
export async function callAs(scene: Scene, name: RouteName, caller: Caller, path?: string): Promise<Response> {
  const { root, people, channelId } = scene;
  const isKeptOut = caller === "anonymous" || caller === "suspended";
  // Who is kept out is so before anything else is looked at: nothing need be prepared for them.
  const valid =
    isKeptOut && routes[name].access !== "public"
      ? { params: { id: channelId, userId: root.id } }
      : await validRequests[name](scene, isKeptOut ? root : people[caller], caller);
  const token = caller === "anonymous" ? undefined : people[caller].token;
  return send(scene.api, routes[name], { ...valid, token, ...(path && { path }) });
}

/** Makes a personal access token with one scope. */
export async function tokenWith(api: TestApi, person: Account, scope: RouteScope): Promise<string> {
  if (scope === "session") throw new Error("No token has that scope.");
  const { secret } = await api.call(routes.createToken, {
    token: person.token,
    body: { name: `${scope} ${randomBytes(3).toString("hex")}`, scopes: [scope], expiresInDays: 1 },
  });
  return secret;
}
