import { PersonName } from "@connectbest/contract";
import { isDuplicateKey } from "../../db/transaction";
import { ApiError, conflict, notFound } from "../../http/errors";
import type { Origin } from "../../http/handle";
import { dropRegistration } from "../accounts/accounts.service";
import { welcome } from "../accounts/welcome";
import { record } from "../audit/audit.service";
import { useOnce } from "../sessions/once.model";
import { createUser } from "../users/create-user";
import { UserModel } from "../users/users.model";
import type { FullUser } from "../users/users.presenter";
import { changeUser } from "../users/users.service";
import { longestAge, type Identity, type IdTokens } from "./id-tokens";
import { letIn, type SignedIn } from "./sign-in.service";

type Needs = Parameters<typeof letIn>[4];

const find = (filter: { googleId: string } | { email: string }): Promise<FullUser | null> =>
  UserModel.findOne(filter).select("+passwordHash +googleId").lean();

const otherAccount = () => conflict("An account with this address exists. Sign in to it with its password instead.");

const notConfirmed = () => new ApiError("invalid_credentials", "Google did not confirm who you are. Start again.");

const refuseOther = (): never => {
  throw otherAccount();
};

/** A confirmed account of the same address is the same person's, where Google's word is enough for that. */
function mayLink(user: FullUser, identity: Identity, tokens: IdTokens): boolean {
  return user.googleId === identity.sub || (!user.googleId && tokens.vouchesFor(identity));
}

/** From now on Google's id finds the account, whatever becomes of the address. */
async function link(user: FullUser, identity: Identity, ip: string | null): Promise<void> {
  if (user.googleId) return;
  await changeUser(user._id, { googleId: identity.sub }).catch((error: unknown) => {
    throw isDuplicateKey(error) ? otherAccount() : error;
  });
  await record({ kind: "sign_in", actor: { userId: user._id, name: user.name }, ip, note: "Google linked" });
}

/** Google has confirmed the address: nothing of what an unconfirmed stranger chose for it (a password!) is taken over. */
async function join(identity: Identity, ip: string | null): Promise<FullUser> {
  await dropRegistration(identity.email);
  const name = PersonName.safeParse(identity.name?.slice(0, 100)).data ?? identity.email.slice(0, 100);
  const user = await createUser({ email: identity.email, name, passwordHash: null, googleId: identity.sub });
  // Made a moment ago by the same person in another window, or somebody else's.
  if (!user) return (await find({ googleId: identity.sub })) ?? refuseOther();
  await welcome(user, ip);
  return user;
}

async function findOrCreate(identity: Identity, tokens: IdTokens, ip: string | null): Promise<FullUser> {
  const known = await find({ googleId: identity.sub });
  if (known) return known;
  const sameAddress = await find({ email: identity.email });
  if (!sameAddress) return join(identity, ip);
  return mayLink(sameAddress, identity, tokens) ? sameAddress : refuseOther();
}

/** Signs in with an ID token; one that opened a session opens no other. */
export async function googleLogin(
  { idToken, nonce, code }: { idToken: string; nonce: string; code?: string | undefined },
  origin: Origin,
  tokens: IdTokens | undefined,
  config: Needs,
): Promise<SignedIn> {
  if (!tokens) throw notFound("Sign-in with Google");
  const identity = await tokens.identify(idToken, nonce);
  if (!identity) {
    await record({ kind: "sign_in_failed", outcome: "failure", ip: origin.ip, note: "google" });
    throw notConfirmed();
  }
  const user = await findOrCreate(identity, tokens, origin.ip);
  return letIn(user, code, origin, "google", config, async () => {
    if (!(await useOnce(`id-token ${identity.sub} ${nonce}`, longestAge))) throw notConfirmed();
    await link(user, identity, origin.ip);
  });
}
