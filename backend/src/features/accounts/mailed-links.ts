import mongoose, { Schema, type ClientSession, type Types } from "mongoose";
import { fingerprint, randomSecret } from "../../crypto/one-way";
import { invalidRequest } from "../../http/errors";

type Purpose = "password_reset" | "email_change";

interface MailedLinkDocument {
  /** `purpose user`: there is one of a kind for a person, so that an older one dies with a newer. */
  _id: string;
  userId: Types.ObjectId;
  purpose: Purpose;
  /** Fingerprint of the link's secret. */
  secretHash: string;
  /** The address that the mail went to. */
  email: string;
  expiresAt: Date;
}

const schema = new Schema<MailedLinkDocument>({
  _id: { type: String, required: true },
  userId: { type: Schema.ObjectId, required: true },
  purpose: { type: String, required: true },
  secretHash: { type: String, required: true },
  email: { type: String, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ secretHash: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const MailedLinkModel = mongoose.model<MailedLinkDocument>("MailedLink", schema, "mailedLinks");

/** Milliseconds that a link works for after it was mailed. */
export const linkLifetime = { password_reset: 3600_000, email_change: 24 * 3600_000, registration: 24 * 3600_000 };

const idOf = (purpose: Purpose, userId: Types.ObjectId): string => `${purpose} ${userId.toHexString()}`;

/** Makes a link's secret; an earlier one for the same purpose ends. */
export async function issueLink(purpose: Purpose, userId: Types.ObjectId, email: string): Promise<string> {
  const secret = randomSecret();
  await MailedLinkModel.updateOne(
    { _id: idOf(purpose, userId) },
    {
      $set: {
        userId,
        purpose,
        email,
        secretHash: fingerprint(secret),
        expiresAt: new Date(Date.now() + linkLifetime[purpose]),
      },
    },
    { upsert: true },
  );
  return secret;
}

const good = (purpose: Purpose, secret: string) => ({
  secretHash: fingerprint(secret),
  purpose,
  expiresAt: { $gt: new Date() },
});

/** Whether a link would be taken now: asked before dear work is done for it. */
export const isGoodLink = async (purpose: Purpose, secret: string): Promise<boolean> =>
  Boolean(await MailedLinkModel.exists(good(purpose, secret)));

/** Uses a link up, if the transaction holds. @returns whose it was, or `null` when it is none, or used, or too old */
export const takeLink = (
  purpose: Purpose,
  secret: string,
  session: ClientSession,
): Promise<MailedLinkDocument | null> => MailedLinkModel.findOneAndDelete(good(purpose, secret), { session }).lean();

export const withdrawLinks = async (userId: Types.ObjectId, session: ClientSession): Promise<void> =>
  void (await MailedLinkModel.deleteMany({
    _id: { $in: [idOf("password_reset", userId), idOf("email_change", userId)] },
  }).session(session));

export const linkIsDead = (what: string) => {
  const message = `This link does not work any more: it was used, replaced by a newer one, or is too old. ${what}`;
  return invalidRequest(message, [{ path: "body.token", message }]);
};
