import type { AdminUser, AuthProvider, Me, MessageAuthor, User } from "@connectbest/contract";
import { initialPreferences, type UserDocument } from "./users.model";

/** What reads of people need: everything but what they sign in by. */
export type VisibleUser = Omit<UserDocument, "passwordHash" | "googleId">;
/** Somebody with what they sign in by: for their own eyes and administrators', and of it only whether it is there. */
export type FullUser = UserDocument;

const shownStatus = ({
  status,
  statusMessage,
  statusExpiresAt,
}: VisibleUser): Pick<User, "status" | "statusMessage"> =>
  statusExpiresAt && statusExpiresAt.getTime() <= Date.now()
    ? { status: "online", statusMessage: null }
    : { status, statusMessage };

export const presentUser = (user: VisibleUser): User => ({
  id: user._id.toHexString(),
  name: user.name,
  username: user.username,
  email: user.email,
  avatarUrl: user.avatarUrl,
  role: user.role,
  ...shownStatus(user),
  createdAt: user.createdAt.toISOString(),
});

const providersOf = (user: FullUser): AuthProvider[] => [
  ...(user.passwordHash ? (["password"] as const) : []),
  ...(user.googleId ? (["google"] as const) : []),
];

export const presentMe = (user: FullUser): Me => {
  const { statusExpiresAt } = user;
  return {
    ...presentUser(user),
    phone: user.phone,
    emailVerified: true,
    pendingEmail: user.pendingEmail,
    twoFactorEnabled: user.twoFactorEnabled,
    authProviders: providersOf(user),
    statusExpiresAt: statusExpiresAt && statusExpiresAt.getTime() > Date.now() ? statusExpiresAt.toISOString() : null,
    // Whoever came before a preference has its default.
    preferences: { ...initialPreferences, ...user.preferences },
  };
};

export const presentAdminUser = (user: FullUser): AdminUser => ({
  ...presentUser(user),
  suspendedAt: user.suspendedAt?.toISOString() ?? null,
  suspendedReason: user.suspendedReason,
  twoFactorEnabled: user.twoFactorEnabled,
  authProviders: providersOf(user),
});

export const presentAuthor = (user: Pick<UserDocument, "_id" | "name" | "avatarUrl">): MessageAuthor => ({
  id: user._id.toHexString(),
  name: user.name,
  avatarUrl: user.avatarUrl,
});
