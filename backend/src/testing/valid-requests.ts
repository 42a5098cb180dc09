import { randomBytes, randomUUID } from "node:crypto";
import { routes, type Caller, type RouteName } from "@connectbest/contract";
import sharp from "sharp";
import speakeasy from "speakeasy";
import type { Scene } from "./scene";
import { secretIn, type Account } from "./test-api";

export interface ValidRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  file?: Buffer;
}

/** Prepares whatever a route needs, so that nothing but who is calling can be in the way. */
type Prepare = (scene: Scene, me: Account, caller: Caller) => ValidRequest | Promise<ValidRequest>;

const password = "correct horse battery";
const someName = () => `n${randomBytes(5).toString("hex")}`;
const someAddress = () => `${someName()}@example.com`;
const nothing: Prepare = () => ({});
const inChannel: Prepare = ({ channelId }) => ({ params: { id: channelId } });

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#336699" } })
    .png()
    .toBuffer();

const newcomer: (change?: object) => Prepare =
  (body) =>
  async ({ api }) => ({ params: { id: (await api.signUp("Newcomer")).id }, ...(body && { body }) });

async function beginTwoFactor({ api }: Scene, me: Account): Promise<string> {
  const { secret } = await api.call(routes.setUpTwoFactor, { token: me.token, body: { password: me.password } });
  return speakeasy.totp({ secret, encoding: "base32" });
}

/** @returns a backup code: the app's code was used up by setting it up */
async function haveTwoFactor(scene: Scene, me: Account): Promise<string> {
  const body = { code: await beginTwoFactor(scene, me) };
  const { backupCodes } = await scene.api.call(routes.verifyTwoFactorSetup, { token: me.token, body });
  return backupCodes[0] ?? "";
}

async function anotherSession({ api }: Scene, me: Account): Promise<string> {
  const { token } = await api.call(routes.login, { body: { email: me.email, password: me.password } });
  const { sessions } = await api.call(routes.listSessions, { token });
  return sessions.find(({ isCurrent }) => isCurrent)?.id ?? "";
}

async function withPicture({ api }: Scene, me: Account): Promise<ValidRequest> {
  const { default: request } = await import("supertest");
  await request(api.app)
    .post("/api/users/me/avatar")
    .set("authorization", `Bearer ${me.token}`)
    .attach("file", await picture(), "picture.png");
  return { params: { id: me.id } };
}

/** For each route a request that is right in every respect. */
export const validRequests: Record<RouteName, Prepare> = {
  register: () => ({ body: { email: someAddress(), password, name: "Newcomer" } }),
  verifyEmail: async ({ api }) => {
    const email = someAddress();
    await api.call(routes.register, { body: { email, password, name: "Newcomer" } });
    return { body: { token: secretIn(await api.lastMail(email)) } };
  },
  resendVerification: () => ({ body: { email: someAddress() } }),
  login: ({ people }, _, caller) => ({ body: { email: people[caller].email, password: people[caller].password } }),
  googleLogin: async ({ issuer }) => {
    const nonce = randomUUID();
    return { body: { idToken: await issuer.idToken({ email: someAddress(), nonce }), nonce } };
  },
  forgotPassword: () => ({ body: { email: someAddress() } }),
  resetPassword: async ({ api }) => {
    const { email } = await api.signUp("Forgetful");
    await api.call(routes.forgotPassword, { body: { email } });
    return { body: { token: secretIn(await api.lastMail(email)), newPassword: `another ${password}` } };
  },
  authStatus: nothing,

  me: nothing,
  logout: nothing,
  changePassword: (_, me) => ({ body: { currentPassword: me.password, newPassword: `another ${password}` } }),
  changeEmail: (_, me) => ({ body: { newEmail: someAddress(), currentPassword: me.password } }),
  listSessions: nothing,
  revokeSession: async (scene, me) => ({ params: { id: await anotherSession(scene, me) } }),
  revokeOtherSessions: nothing,
  listTokens: nothing,
  createToken: () => ({ body: { name: "of a test", scopes: ["read"], expiresInDays: 1 } }),
  revokeToken: async ({ api }, me) => {
    const body = { name: "of a test", scopes: ["read" as const], expiresInDays: 1 };
    return { params: { id: (await api.call(routes.createToken, { token: me.token, body })).token.id } };
  },

  twoFactorStatus: nothing,
  setUpTwoFactor: (_, me) => ({ body: { password: me.password } }),
  verifyTwoFactorSetup: async (scene, me) => ({ body: { code: await beginTwoFactor(scene, me) } }),
  disableTwoFactor: async (scene, me) => ({
    body: { password: me.password, code: await haveTwoFactor(scene, me) },
  }),
  regenerateBackupCodes: async (scene, me) => ({ body: { code: await haveTwoFactor(scene, me) } }),

  listUsers: () => ({ query: { limit: "5" } }),
  searchUsers: () => ({ query: { query: "mem", limit: "5" } }),
  getUser: ({ root }) => ({ params: { id: root.id } }),
  updateMe: () => ({ body: { name: "Another Name", phone: "+1 555 0100", preferences: { theme: "dark" } } }),
  setStatus: () => ({ body: { status: "busy", statusMessage: "in a test" } }),
  setAvatar: async () => ({ file: await picture() }),
  removeAvatar: nothing,
  getAvatar: withPicture,
  exportMe: nothing,
  deleteMe: (_, me) => ({ body: { password: me.password } }),

  listChannels: nothing,
  browseChannels: () => ({ query: { query: "c", limit: "5" } }),
  createChannel: ({ root }) => ({ body: { name: someName(), type: "private", memberIds: [root.id] } }),
  getChannel: inChannel,
  joinChannel: inChannel,
  leaveChannel: inChannel,
  listMembers: ({ channelId }) => ({ params: { id: channelId }, query: { limit: "5" } }),
  addMember: async ({ api, channelId }) => ({
    params: { id: channelId },
    body: { userId: (await api.signUp("Newcomer")).id, role: "member" },
  }),
  markRead: ({ channelId }) => ({ params: { id: channelId }, body: { seq: 1 } }),

  listMessages: ({ channelId }) => ({ params: { id: channelId }, query: { limit: "5" } }),
  postMessage: ({ channelId }) => ({
    params: { id: channelId },
    body: { content: "hello", clientMessageId: randomUUID() },
  }),
  getMessage: ({ messageId }) => ({ params: { id: messageId } }),

  openDirectMessage: ({ root }) => ({ body: { userIds: [root.id] } }),
  listConversations: nothing,
  listDirectMessages: ({ root }) => ({ params: { userId: root.id }, query: { limit: "5" } }),
  postDirectMessage: ({ root }) => ({ params: { userId: root.id }, body: { content: "hello" } }),

  createTicket: nothing,
  sync: ({ channelId }) => ({ body: { channels: { [channelId]: 0 } } }),
  acceptConnection: async ({ api }, me) => {
    const { ticket } = await api.call(routes.createTicket, { token: me.token });
    return { body: { ticket } };
  },
  listSubscriptions: async (scene, me) => ({
    body: { userId: me.id, sessionId: await anotherSession(scene, me) },
  }),
  acceptMessage: async (scene, me) => ({
    body: {
      userId: me.id,
      sessionId: await anotherSession(scene, me),
      channelId: scene.channelId,
      content: "hello",
      clientMessageId: randomUUID(),
    },
  }),

  adminListUsers: () => ({ query: { search: "mem", status: "active", limit: "5" } }),
  suspendUser: newcomer({ reason: "of a test" }),
  activateUser: newcomer(),
  setUserRole: newcomer({ role: "admin" }),
  resetUserTwoFactor: newcomer(),
  deleteUser: newcomer(),
  auditLog: () => ({ query: { limit: "5", kind: "sign_in" } }),
  workspaceSettings: nothing,
  updateWorkspaceSettings: () => ({ body: { requireTwoFactor: false } }),

  health: nothing,
  ready: nothing,
};
