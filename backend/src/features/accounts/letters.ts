import type { Config } from "../../config";
import { fingerprint, randomSecret } from "../../crypto/one-way";
import { writeLetter, type Letter } from "../../mail/letter";
import type { Compose } from "../../mail/outbox";
import type { MailKind, OutgoingMailDocument } from "../../mail/outgoing-mail.model";
import { UserModel } from "../users/users.model";
import { issueLink, linkLifetime } from "./mailed-links";
import { RegistrationModel } from "./registrations.model";

type Writer = (mail: OutgoingMailDocument, web: string) => Promise<Letter | null>;

const ignoreNote = "If this was not you, ignore this mail: nothing happens.";
const actNote = "If this was not you, set a new password at once and sign out everywhere in your security settings.";

const findByAddress = (email: string) => UserModel.findOne({ email, deletedAt: null }).lean();
const findOwner = (mail: OutgoingMailDocument) => UserModel.findOne({ _id: mail.userId, deletedAt: null }).lean();

/** The secret stands behind `#`: browsers send that to no server, so no log ever holds it. */
const linkTo = (web: string, page: string, secret: string, purpose = ""): string =>
  `${web}/${page}#token=${secret}${purpose && `&purpose=${purpose}`}`;

async function taken(email: string, web: string): Promise<Letter | null> {
  return writeLetter(email, {
    subject: "You have an account already",
    paragraphs: [
      "Somebody, probably you, asked for an account with this address. There is one already: sign in with its password, or set a new one.",
    ],
    action: { label: "Sign in", url: `${web}/login` },
    footnote: ignoreNote,
  });
}

/** The link is made as the mail leaves, so that no copy of the database holds one. */
async function registration({ to }: OutgoingMailDocument, web: string): Promise<Letter | null> {
  if (await findByAddress(to)) return taken(to, web);
  const secret = randomSecret();
  const found = await RegistrationModel.findOneAndUpdate(
    { email: to },
    { $set: { linkHash: fingerprint(secret), linkExpiresAt: new Date(Date.now() + linkLifetime.registration) } },
    { returnDocument: "after" },
  ).lean();
  if (!found) return null;
  return writeLetter(to, {
    subject: "Confirm your address",
    paragraphs: [
      // Without the name: anybody can have this mail sent to anybody, and what they call themselves would be our words.
      "Confirm that this address is yours, and your account is ready. The link works once, for 24 hours; it asks for the password that you chose.",
    ],
    action: { label: "Confirm address", url: linkTo(web, "verify-email", secret) },
    footnote: `Somebody asked for an account with this address. ${ignoreNote}`,
  });
}

async function passwordReset({ to }: OutgoingMailDocument, web: string): Promise<Letter | null> {
  const user = await findByAddress(to);
  if (!user) return null;
  const secret = await issueLink("password_reset", user._id, to);
  return writeLetter(to, {
    subject: "Set a new password",
    paragraphs: [
      `Hello ${user.name},`,
      "set a new password for your account. The link works once, for an hour. Afterwards you are signed out everywhere.",
    ],
    action: { label: "Set a new password", url: linkTo(web, "reset-password", secret) },
    footnote: `Somebody asked for this link. ${ignoreNote}`,
  });
}

async function emailChange(mail: OutgoingMailDocument, web: string): Promise<Letter | null> {
  const user = await findOwner(mail);
  if (!user || user.pendingEmail !== mail.to) return null;
  const secret = await issueLink("email_change", user._id, mail.to);
  return writeLetter(mail.to, {
    subject: "Confirm your new address",
    paragraphs: [
      `Hello ${user.name},`,
      "confirm that this address is to be yours from now on. The link works once, for 24 hours.",
    ],
    action: { label: "Confirm address", url: linkTo(web, "verify-email", secret, "change") },
    footnote: ignoreNote,
  });
}

/** A mail that tells of something that has happened to the account. */
const news =
  (subject: string, say: (mail: OutgoingMailDocument) => string, footnote?: string): Writer =>
  async (mail, web) => {
    const user = await findOwner(mail);
    if (!user) return null;
    return writeLetter(mail.to, {
      subject,
      paragraphs: [`Hello ${user.name},`, say(mail)],
      action: { label: "Open ConnectBest Chat", url: web },
      ...(footnote && { footnote }),
    });
  };

const writers: Record<Exclude<MailKind, "unread">, Writer> = {
  registration,
  welcome: news(
    "Welcome",
    () =>
      "your account is ready. You are in #general, where everybody is: say hello. Ctrl+K finds people and channels.",
  ),
  password_reset: passwordReset,
  password_changed: news("Your password was changed", () => "the password of your account was changed.", actNote),
  email_change: emailChange,
  email_changed: news(
    "Your address was changed",
    ({ note }) => `from now on you sign in with ${note}. This address is no longer yours to sign in with.`,
    "If this was not you, ask an administrator of your workspace at once.",
  ),
  lockout: news(
    "Sign-in is paused",
    ({ note }) =>
      `somebody entered a wrong password for your account five times${note ? `, last from ${note}` : ""}. Sign-in with a password is paused for 15 minutes.`,
    "If this was you, wait or set a new password. If not, nobody got in.",
  ),
  token_created: news(
    "A new access token",
    ({ note }) => `a personal access token was made for your account: “${note}”.`,
    "If this was not you, revoke it in your security settings, set a new password and sign out everywhere.",
  ),
  two_factor_changed: news(
    "Two-factor sign-in was changed",
    ({ note }) => `two-factor sign-in is now ${note} for your account.`,
    actNote,
  ),
};

/** Writes every mail of the product. @param others those that are not about accounts */
export const composeLetter =
  ({ PUBLIC_URL }: Pick<Config, "PUBLIC_URL">, others: { unread: Compose }): Compose =>
  (mail) =>
    mail.kind === "unread" ? others.unread(mail) : writers[mail.kind](mail, PUBLIC_URL);
