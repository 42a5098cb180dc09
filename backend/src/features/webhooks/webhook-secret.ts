import type { Types } from "mongoose";
import type { Config } from "../../config";
import { isSealedBefore, seal, unseal } from "../../crypto/sealed-box";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";

export type Keys = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

/** No key that is configured opens it. */
export class SecretLost extends Error {
  override readonly name = "SecretLost";
}

const contextOf = (webhookId: Types.ObjectId): string => `webhook ${webhookId.toHexString()}`;

export const sealSecret = (secret: string, webhookId: Types.ObjectId, keys: Keys): string =>
  seal(secret, contextOf(webhookId), keys);

/** The signing secret; after a change of keys it moves to the present one with its next use. @throws SecretLost */
export async function openSecret({ _id, sealedSecret }: OutgoingWebhookDocument, keys: Keys): Promise<string> {
  let secret: string;
  try {
    secret = unseal(sealedSecret, contextOf(_id), keys);
  } catch {
    throw new SecretLost();
  }
  if (isSealedBefore(sealedSecret, keys))
    await OutgoingWebhookModel.updateOne(
      { _id, sealedSecret },
      { $set: { sealedSecret: sealSecret(secret, _id, keys) } },
    );
  return secret;
}
