import type { Types } from "mongoose";
import { inTransaction } from "../../db/transaction";
import { conflict } from "../../http/errors";
import { ChannelModel } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import { remove } from "../channel-management/membership";
import { SidebarModel } from "../channel-management/sections.model";
import { BookmarkModel } from "../messages/bookmarks.model";
import { SessionModel } from "../sessions/sessions.model";
import { closeSockets, endSessions } from "../sessions/sessions.service";
import { forgetAddress, forgetName } from "../audit/audit.service";
import { AvatarModel } from "../users/avatars.model";
import { TwoFactorModel } from "../two-factor/two-factor.model";
import { fold } from "../users/search-terms";
import { initialPreferences, UserModel, type UserDocument } from "../users/users.model";
import { findUser } from "../users/users.service";
import { lockAdministrators } from "../users/workspace";
import { canLoseAdministrator } from "./accounts.policy";
import { forgetEverywhere } from "./forgetting";
import { withdrawLinks } from "./mailed-links";

const name = "Deleted user";

/** Everything personal is overwritten; the id stays, for what they wrote. */
const scrubbed = (id: string): Partial<UserDocument> => ({
  name,
  sortName: fold(name),
  username: `deleted-${id}`,
  email: `deleted-${id}@deleted.invalid`,
  passwordHash: null,
  phone: null,
  avatarUrl: null,
  role: "user",
  status: "offline",
  statusMessage: null,
  statusExpiresAt: null,
  preferences: initialPreferences,
  pendingEmail: null,
  twoFactorEnabled: false,
  searchTerms: [],
  deletedAt: new Date(),
});

/** @throws conflict for the last administrator: nobody could let anybody in any more */
export async function demandOtherAdministrator(
  user: Pick<UserDocument, "_id" | "role">,
  session: Parameters<typeof lockAdministrators>[0],
): Promise<void> {
  if (user.role !== "admin") return;
  await lockAdministrators(session);
  const admins = await UserModel.find({ role: "admin", suspendedAt: null, deletedAt: null }, { _id: 1 })
    .session(session)
    .lean();
  if (!canLoseAdministrator(admins.filter(({ _id }) => !_id.equals(user._id)).length))
    throw conflict("This is the last administrator of the workspace. Make somebody else one first.");
}

async function leaveChannels(userId: Types.ObjectId): Promise<void> {
  const memberships = await MemberModel.find({ userId }, { channelId: 1 }).lean();
  const channelIds = memberships.map(({ channelId }) => channelId);
  const channels = await ChannelModel.find({ _id: { $in: channelIds } }).lean();
  const unknown = await findUser(userId);
  for (const channel of channels) {
    await ChannelModel.updateOne(
      { _id: channel._id, "lastMessage.userId": userId },
      { $set: { "lastMessage.userName": name } },
    );
    // Conversations of two stay as they are: the other one reads on.
    if (channel.type !== "dm") await remove(channel._id, unknown);
  }
}

/**
 * Makes a person unknown. Done again it goes on where it stopped, so a call that failed half-way can be repeated: the
 * bearer that asks is the last to end. @throws conflict for the last administrator
 */
export async function anonymise(userId: Types.ObjectId): Promise<void> {
  const user = await findUser(userId);
  if (!user.deletedAt)
    await inTransaction(async (session) => {
      await demandOtherAdministrator(user, session);
      await UserModel.updateOne(
        { _id: userId },
        { $set: scrubbed(userId.toHexString()), $unset: { googleId: 1 }, $inc: { accessRev: 1 } },
        { session },
      );
      await TwoFactorModel.deleteOne({ _id: userId }, { session });
      await AvatarModel.deleteOne({ _id: userId }, { session });
      await forgetAddress(userId, user.email, session);
      await withdrawLinks(userId, session);
      await BookmarkModel.deleteMany({ userId }, { session });
      await SidebarModel.deleteOne({ _id: userId }, { session });
      await forgetEverywhere(userId, session);
    });
  await forgetName(userId, name);
  // First: a channel takes its time to be rid of somebody who still listens.
  const bearers = await SessionModel.find({ userId }, { _id: 1 }).lean();
  await closeSockets(
    userId,
    bearers.map(({ _id }) => _id),
  );
  await leaveChannels(userId);
  await endSessions(userId, { tokens: "end" });
  // What came from a device that was still signed in, or because they were still in a channel.
  await BookmarkModel.deleteMany({ userId });
  await forgetEverywhere(userId);
}
