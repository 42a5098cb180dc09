import type { RouteName } from "./routes";

/**
 * Whoever may knock: a stranger; somebody with an account who is not in the private channel spoken of; one of its members;
 * its administrator; a member of it whom the workspace has suspended (with the bearer of before); an administrator of the
 * workspace who is not in the channel.
 */
export const callers = ["anonymous", "outsider", "member", "channelAdmin", "suspended", "administrator"] as const;
export type Caller = (typeof callers)[number];

/** `yes`: a success; otherwise the status of the refusal. 404 also stands for "not yours to know of". */
export type Verdict = "yes" | 401 | 403 | 404;
export type Permission = Readonly<Record<Caller, Verdict>>;

const everybody: Permission = {
  anonymous: "yes",
  outsider: "yes",
  member: "yes",
  channelAdmin: "yes",
  suspended: "yes",
  administrator: "yes",
};
const signedIn: Permission = { ...everybody, anonymous: 401, suspended: 401 };
/** Running the workspace opens nobody's private channels. */
const insiders: Permission = { ...signedIn, outsider: 404, administrator: 404 };
/** The scene's message is its channel administrator's own. */
const author: Permission = { ...insiders, member: 403 };
const channelAdmins: Permission = { ...insiders, member: 403 };
const administrators: Permission = { ...signedIn, outsider: 403, member: 403, channelAdmin: 403 };
const nobody: Permission = {
  anonymous: 401,
  outsider: 401,
  member: 401,
  channelAdmin: 401,
  suspended: 401,
  administrator: 401,
};

/**
 * What each kind of caller gets of each route, where the route speaks of a private channel: the promise. A test walks
 * every route as each of them and compares. (Personal access tokens can do less: see `scopeOf`.)
 */
export const permissions = {
  register: everybody,
  verifyEmail: everybody,
  resendVerification: everybody,
  login: { ...everybody, suspended: 403 },
  googleLogin: everybody,
  forgotPassword: everybody,
  resetPassword: everybody,
  authStatus: everybody,

  me: signedIn,
  logout: signedIn,
  changePassword: signedIn,
  changeEmail: signedIn,
  listSessions: signedIn,
  revokeSession: signedIn,
  revokeOtherSessions: signedIn,
  listTokens: signedIn,
  createToken: signedIn,
  revokeToken: signedIn,

  twoFactorStatus: signedIn,
  setUpTwoFactor: signedIn,
  verifyTwoFactorSetup: signedIn,
  disableTwoFactor: signedIn,
  regenerateBackupCodes: signedIn,

  listUsers: signedIn,
  searchUsers: signedIn,
  listPresence: signedIn,
  getUser: signedIn,
  updateMe: signedIn,
  setStatus: signedIn,
  setAvatar: signedIn,
  removeAvatar: signedIn,
  getAvatar: signedIn,
  exportMe: signedIn,
  deleteMe: signedIn,

  listChannels: signedIn,
  browseChannels: signedIn,
  createChannel: signedIn,
  getChannel: insiders,
  joinChannel: insiders,
  leaveChannel: insiders,
  listMembers: insiders,
  /** As a member; giving the administrator's role takes one. */
  addMember: insiders,
  markRead: insiders,
  updateChannel: channelAdmins,
  archiveChannel: channelAdmins,
  restoreChannel: channelAdmins,
  setMemberRole: channelAdmins,
  removeMember: channelAdmins,
  setChannelNotifications: insiders,
  setChannelPlace: insiders,
  listSections: signedIn,
  setSections: signedIn,
  setTyping: insiders,

  uploadFile: signedIn,
  getFile: insiders,
  getThumbnail: insiders,
  /** With a signature that `getFile` gave. */
  fileContent: everybody,
  /** The scene's file is its channel administrator's own. */
  deleteFile: author,
  listChannelFiles: insiders,

  listMessages: insiders,
  postMessage: insiders,
  getMessage: insiders,
  editMessage: author,
  /** One's own, or any as the channel's administrator. */
  deleteMessage: author,
  messageHistory: insiders,
  forwardMessage: insiders,
  markUnread: insiders,
  listReplies: insiders,
  postReply: insiders,
  listThreads: signedIn,
  readThread: insiders,
  followThread: insiders,
  unfollowThread: insiders,
  addReaction: insiders,
  removeReaction: insiders,
  pinMessage: insiders,
  unpinMessage: insiders,
  listPins: insiders,
  addBookmark: insiders,
  removeBookmark: insiders,
  listBookmarks: signedIn,

  listDrafts: signedIn,
  getDraft: insiders,
  saveDraft: insiders,
  removeDraft: insiders,
  listScheduledMessages: signedIn,
  scheduleMessage: insiders,
  changeScheduledMessage: signedIn,
  cancelScheduledMessage: signedIn,
  sendScheduledMessage: signedIn,
  listReminders: signedIn,
  createReminder: insiders,
  cancelReminder: signedIn,
  listNotifications: signedIn,
  readNotifications: signedIn,
  notificationSettings: signedIn,
  updateNotificationSettings: signedIn,
  pushKey: signedIn,
  subscribePush: signedIn,
  unsubscribePush: signedIn,
  /** Whoever has the mail. */
  unsubscribeMail: everybody,
  openUnsubscribe: everybody,

  listIncomingWebhooks: channelAdmins,
  createIncomingWebhook: channelAdmins,
  removeIncomingWebhook: channelAdmins,
  /** Whoever knows the address. */
  postByWebhook: everybody,
  listOutgoingWebhooks: channelAdmins,
  createOutgoingWebhook: channelAdmins,
  changeOutgoingWebhook: channelAdmins,
  removeOutgoingWebhook: channelAdmins,
  listDeliveries: channelAdmins,
  redeliver: channelAdmins,

  search: signedIn,

  openDirectMessage: signedIn,
  listConversations: signedIn,
  listDirectMessages: signedIn,
  postDirectMessage: signedIn,

  createTicket: signedIn,
  sync: signedIn,
  acceptConnection: nobody,
  listSubscriptions: nobody,
  acceptMessage: nobody,
  refreshPresence: nobody,

  adminListUsers: administrators,
  suspendUser: administrators,
  activateUser: administrators,
  setUserRole: administrators,
  resetUserTwoFactor: administrators,
  deleteUser: administrators,
  auditLog: administrators,
  workspaceSettings: administrators,
  updateWorkspaceSettings: administrators,

  health: everybody,
  ready: everybody,
  started: everybody,
} as const satisfies Record<RouteName, Permission>;
