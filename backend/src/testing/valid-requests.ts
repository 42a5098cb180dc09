import { randomBytes, randomUUID } from "node:crypto";
import { routes, type Caller, type File, type RouteName } from "@connectbest/contract";
import { Types } from "mongoose";
import sharp from "sharp";
import speakeasy from "speakeasy";
import { unsubscribeToken } from "../features/notifications/unsubscribe";
import { DeliveryModel, type DeliveryDocument } from "../features/webhooks/deliveries.model";
import { pushSubscription } from "./push-service";
import type { Scene } from "./scene";
import { secretIn, testConfig, type Account } from "./test-api";
import { addressOf, postFile, uploadFile } from "./upload";

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

const onMessage: (body?: object) => Prepare =
  (body) =>
  ({ messageId }) => ({ params: { id: messageId }, ...(body && { body }) });

/** A picture of the channel administrator's, sent into the scene's channel. */
const sentPicture = async ({ api, channelId, people }: Scene): Promise<File> =>
  (await postFile(api, people.channelAdmin, channelId, { bytes: await picture(), name: "picture.png" })).file;

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** A private channel like the scene's, to be done away with. */
const anotherChannel = async ({ api, people }: Scene): Promise<string> =>
  (await api.createChannel(people.channelAdmin, [people.member], "private")).id;

/** A message in the scene's channel, to be done away with. */
const anotherMessage = async ({ api, channelId, people }: Scene): Promise<string> =>
  (await api.post(people.channelAdmin, channelId, `only for members ${randomUUID()}`)).id;

/** A message that waits, in a conversation of the caller's own. */
async function scheduled({ api, root }: Scene, me: Account): Promise<string> {
  const { channel } = await api.call(routes.openDirectMessage, { token: me.token, body: { userIds: [root.id] } });
  const body = { channelId: channel.id, content: "later", sendAt: inAnHour() };
  return (await api.call(routes.scheduleMessage, { token: me.token, body })).scheduledMessage.id;
}

async function incomingWebhook({ api, channelId, people }: Scene) {
  const { token } = people.channelAdmin;
  const params = { id: channelId };
  // A channel has only so many.
  for (const { id } of (await api.call(routes.listIncomingWebhooks, { token, params })).webhooks.slice(20))
    await api.call(routes.removeIncomingWebhook, { token, params: { id } });
  return api.call(routes.createIncomingWebhook, { token, params, body: { name: "builds" } });
}

async function outgoingWebhook({ api, channelId, people }: Scene): Promise<string> {
  const existing = { token: people.channelAdmin.token, params: { id: channelId } };
  // A channel has only so many.
  for (const { id } of (await api.call(routes.listOutgoingWebhooks, existing)).webhooks.slice(10))
    await api.call(routes.removeOutgoingWebhook, { token: people.channelAdmin.token, params: { id } });
  const body = { name: "archive", url: "https://hooks.example.com/chat" };
  return (await api.call(routes.createOutgoingWebhook, { ...existing, body })).webhook.id;
}

async function delivery(webhookId: string): Promise<string> {
  const row: DeliveryDocument = {
    _id: new Types.ObjectId(),
    webhookId: new Types.ObjectId(webhookId),
    event: "message.created",
    messageId: new Types.ObjectId(),
    rev: 1,
    payload: "{}",
    status: "failed",
    attempts: 1,
    responseStatus: null,
    error: null,
    createdAt: new Date(),
    deliveredAt: null,
  };
  await DeliveryModel.collection.insertOne(row);
  return row._id.toHexString();
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
  listPresence: nothing,
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
  updateChannel: ({ channelId }) => ({ params: { id: channelId }, body: { description: `about ${someName()}` } }),
  archiveChannel: async (scene) => ({ params: { id: await anotherChannel(scene) } }),
  restoreChannel: inChannel,
  setMemberRole: ({ channelId, people }) => ({
    params: { id: channelId, userId: people.channelAdmin.id },
    body: { role: "admin" },
  }),
  removeMember: async ({ api, channelId, people }) => {
    const { id } = await api.signUp("Newcomer");
    const token = people.channelAdmin.token;
    await api.call(routes.addMember, { token, params: { id: channelId }, body: { userId: id } });
    return { params: { id: channelId, userId: id } };
  },
  setChannelNotifications: ({ channelId }) => ({ params: { id: channelId }, body: { muted: false, level: "all" } }),
  setChannelPlace: ({ channelId }) => ({ params: { id: channelId }, body: { isFavourite: true, sectionId: null } }),
  listSections: nothing,
  setSections: () => ({ body: { sections: [{ name: "Projects" }] } }),
  setTyping: ({ channelId }) => ({ params: { id: channelId }, body: { isTyping: true } }),

  uploadFile: async () => ({ file: await picture() }),
  getFile: async (scene) => ({ params: { id: (await sentPicture(scene)).id } }),
  getThumbnail: async (scene) => ({ params: { id: (await sentPicture(scene)).id } }),
  fileContent: async (scene) => {
    const { id, url } = await sentPicture(scene);
    const address = new URL(await addressOf(scene.api, scene.people.channelAdmin, url), "http://localhost");
    return { params: { id }, query: Object.fromEntries(address.searchParams) };
  },
  // A file that was sent goes with its message; until then only its owner knows of it.
  deleteFile: async (scene, me, caller) => {
    if (caller !== "channelAdmin") return { params: { id: (await sentPicture(scene)).id } };
    return { params: { id: (await uploadFile(scene.api, me, { bytes: await picture(), name: "p.png" })).id } };
  },
  listChannelFiles: ({ channelId }) => ({ params: { id: channelId }, query: { limit: "5" } }),

  listMessages: ({ channelId }) => ({ params: { id: channelId }, query: { limit: "5" } }),
  postMessage: ({ channelId }) => ({
    params: { id: channelId },
    body: { content: "hello", clientMessageId: randomUUID() },
  }),
  getMessage: onMessage(),
  editMessage: onMessage({ content: "only for members, rewritten" }),
  deleteMessage: async (scene) => ({ params: { id: await anotherMessage(scene) } }),
  messageHistory: onMessage(),
  forwardMessage: async ({ api, messageId, root }, me) => {
    const body = { userIds: [root.id] };
    const { channel } = await api.call(routes.openDirectMessage, { token: me.token, body });
    return { params: { id: messageId }, body: { channelId: channel.id, content: "see this" } };
  },
  markUnread: onMessage(),
  listReplies: onMessage(),
  postReply: onMessage({ content: "hello" }),
  listThreads: () => ({ query: { limit: "5" } }),
  readThread: onMessage({ seq: 1 }),
  followThread: onMessage(),
  unfollowThread: onMessage(),
  addReaction: ({ messageId }) => ({ params: { id: messageId, emoji: encodeURIComponent("👍") } }),
  removeReaction: ({ messageId }) => ({ params: { id: messageId, emoji: encodeURIComponent("👍") } }),
  pinMessage: onMessage(),
  unpinMessage: onMessage(),
  listPins: inChannel,
  addBookmark: onMessage(),
  removeBookmark: onMessage(),
  listBookmarks: () => ({ query: { limit: "5" } }),

  listDrafts: nothing,
  getDraft: ({ channelId }) => ({ params: { channelId } }),
  saveDraft: ({ channelId }) => ({ params: { channelId }, body: { content: "to be continued" } }),
  removeDraft: ({ channelId }) => ({ params: { channelId } }),
  listScheduledMessages: () => ({ query: { limit: "5" } }),
  scheduleMessage: ({ channelId }) => ({ body: { channelId, content: "later", sendAt: inAnHour() } }),
  changeScheduledMessage: async (scene, me) => ({
    params: { id: await scheduled(scene, me) },
    body: { content: "later still" },
  }),
  cancelScheduledMessage: async (scene, me) => ({ params: { id: await scheduled(scene, me) } }),
  sendScheduledMessage: async (scene, me) => ({ params: { id: await scheduled(scene, me) } }),
  search: () => ({ query: { q: "only for members", limit: "5" } }),

  listReminders: () => ({ query: { limit: "5" } }),
  createReminder: ({ messageId }) => ({ body: { messageId, remindAt: inAnHour() } }),
  listNotifications: () => ({ query: { limit: "5", unread: "true" } }),
  readNotifications: nothing,
  notificationSettings: nothing,
  updateNotificationSettings: () => ({ body: { keywords: ["release"], mail: { isOn: true, afterMinutes: 30 } } }),
  pushKey: nothing,
  subscribePush: () => ({ body: pushSubscription }),
  unsubscribePush: () => ({ body: { endpoint: pushSubscription.endpoint } }),
  unsubscribeMail: (_, me) => ({ body: { token: unsubscribeToken(new Types.ObjectId(me.id), testConfig) } }),
  openUnsubscribe: () => ({ query: { token: "from-a-mail" } }),
  listIncomingWebhooks: inChannel,
  createIncomingWebhook: ({ channelId }) => ({ params: { id: channelId }, body: { name: "builds" } }),
  removeIncomingWebhook: async (scene) => ({ params: { id: (await incomingWebhook(scene)).webhook.id } }),
  postByWebhook: async (scene) => ({
    params: { secret: (await incomingWebhook(scene)).url.split("/").at(-1) ?? "" },
    body: { text: "the build is green" },
  }),
  listOutgoingWebhooks: inChannel,
  createOutgoingWebhook: ({ channelId }) => ({
    params: { id: channelId },
    body: { name: "archive", url: "https://hooks.example.com/chat" },
  }),
  changeOutgoingWebhook: async (scene) => ({
    params: { id: await outgoingWebhook(scene) },
    body: { name: "another archive" },
  }),
  removeOutgoingWebhook: async (scene) => ({ params: { id: await outgoingWebhook(scene) } }),
  listDeliveries: async (scene) => ({ params: { id: await outgoingWebhook(scene) }, query: { limit: "5" } }),
  redeliver: async (scene) => ({ params: { id: await delivery(await outgoingWebhook(scene)) } }),
  cancelReminder: ({ messageId }) => ({ params: { id: messageId } }),

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

  refreshPresence: (_, me) => ({ body: { userId: me.id } }),

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
  started: nothing,
};
