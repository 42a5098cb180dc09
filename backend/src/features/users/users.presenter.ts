import type { Me, MessageAuthor, User } from "@connectbest/contract";
import type { UserDocument } from "./users.model";

/** What reads of people need: everything but the password's hash. */
export type VisibleUser = Omit<UserDocument, "passwordHash">;

export const presentUser = (user: VisibleUser): User => ({
  id: user._id.toHexString(),
  name: user.name,
  username: user.username,
  email: user.email,
  avatarUrl: user.avatarUrl,
  role: user.role,
  createdAt: user.createdAt.toISOString(),
});

export const presentMe = (user: VisibleUser): Me => ({ ...presentUser(user), phone: user.phone });

export const presentAuthor = (user: Pick<UserDocument, "_id" | "name" | "avatarUrl">): MessageAuthor => ({
  id: user._id.toHexString(),
  name: user.name,
  avatarUrl: user.avatarUrl,
});
