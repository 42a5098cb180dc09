import { Types } from "mongoose";
import type { Config } from "../../config";
import { seal, unseal } from "../../crypto/sealed-box";
import { invalidRequest } from "../../http/errors";
import { get, update } from "./settings.service";

type Keys = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

/** Nothing else is sealed for it, so that such a token opens nothing else, and nothing else passes for one. */
const purpose = "unsubscribe from mail";

/** What ends somebody's mail about what stays unread, and can do nothing else: it stands in such mail, and does not age. */
export const unsubscribeToken = (userId: Types.ObjectId, keys: Keys): string =>
  seal(userId.toHexString(), purpose, keys);

/** @throws invalid_request */
function readToken(token: string | undefined, keys: Keys): Types.ObjectId {
  try {
    return new Types.ObjectId(unseal(token ?? "", purpose, keys));
  } catch {
    const message = "This link does not work. Open it from the mail once more, or change your settings instead.";
    throw invalidRequest(message, [{ path: "body.token", message }]);
  }
}

/** Asks for no sign-in: whoever has the mail may end it. Doing it twice is doing it once. @throws invalid_request */
export async function unsubscribe(token: string | undefined, keys: Keys): Promise<void> {
  const owner = { userId: readToken(token, keys) };
  const { settings } = await get(owner);
  if (settings.mail.isOn) await update(owner, { mail: { ...settings.mail, isOn: false } });
}

/** For whoever opens the address that mail programs call: the page asks first. The token goes behind `#`, into no log. */
export const pageOf = (token: string, { PUBLIC_URL }: Pick<Config, "PUBLIC_URL">): string =>
  `${PUBLIC_URL}/unsubscribe#token=${encodeURIComponent(token)}`;
