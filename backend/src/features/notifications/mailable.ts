import type { Types } from "mongoose";
import { loadUsers } from "../users/users.service";
import type { VisibleUser } from "../users/users.presenter";
import { loadSettings } from "./settings.service";

/** Somebody who is to be mailed what they have not read: still here, let in, and wanting it. */
export async function findMailable(userId: Types.ObjectId): Promise<VisibleUser | null> {
  const [user] = await loadUsers([userId]);
  if (!user || user.deletedAt || user.suspendedAt) return null;
  const settings = await loadSettings([userId]);
  return settings.get(userId.toHexString())?.mail.isOn ? user : null;
}
