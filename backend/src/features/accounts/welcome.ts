import { isDuplicateKey } from "../../db/transaction";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { ChannelModel } from "../channels/channels.model";
import { createWithMembers } from "../channels/channels.service";
import { admit } from "../channel-management/membership";
import type { VisibleUser } from "../users/users.presenter";

/** Nobody should arrive in an empty house: `#general` is made for whoever finds none, and joined by everybody. */
async function openGeneral(owner: VisibleUser): Promise<void> {
  try {
    await createWithMembers(
      {
        type: "public",
        name: "general",
        publicName: "general",
        description: "Everybody is here: announcements and whatever has no better place.",
        isDefault: true,
        createdBy: owner._id,
      },
      new Map([[owner._id.toHexString(), "admin"]]),
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Shows somebody new in: the default channels, a mail, a line in the audit log. */
export async function welcome(user: VisibleUser, ip: string | null): Promise<void> {
  if (!(await ChannelModel.exists({ isDefault: true }))) await openGeneral(user);
  for (const channel of await ChannelModel.find({ isDefault: true }, { _id: 1 }).lean())
    await admit(channel._id, user, "member");
  await enqueueMail({ kind: "welcome", to: user.email, userId: user._id });
  await record({ kind: "account_created", actor: { userId: user._id, name: user.name }, target: user.email, ip });
}
