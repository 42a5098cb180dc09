import type { Config } from "../../config";
import { isDuplicateKey } from "../../db/transaction";
import { createWithMembers } from "../channels/channels.service";
import { ChannelModel } from "../channels/channels.model";
import { admit } from "../channels/members.service";
import { hashPassword } from "../sessions/passwords";
import { createUser } from "../users/users.service";
import type { VisibleUser } from "../users/users.presenter";

interface Registration {
  email: string;
  password: string;
  name: string;
  phone?: string | undefined;
}

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

async function welcome(user: VisibleUser): Promise<void> {
  if (!(await ChannelModel.exists({ isDefault: true }))) await openGeneral(user);
  for (const channel of await ChannelModel.find({ isDefault: true }, { _id: 1 }).lean())
    await admit(channel._id, user, "member");
}

/** Answers the same, after the same work, whether or not the address was taken. */
export async function register(registration: Registration, config: Pick<Config, "BCRYPT_COST">) {
  const passwordHash = await hashPassword(registration.password, config.BCRYPT_COST);
  const user = await createUser({ ...registration, passwordHash });
  if (user) await welcome(user);
  return {
    user: { email: registration.email, name: registration.name },
    message: "If this address had no account yet, it has one now: sign in with your password.",
  };
}
