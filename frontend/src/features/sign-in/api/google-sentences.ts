import type { TextKey } from "@/lib/text/catalog";
import type { Translate } from "@/lib/text/translate";
import { signInSentence } from "./sentences";

const ofGoogle: Record<string, TextKey> = {
  invalid_credentials: "google.unconfirmed",
  not_found: "google.notSetUp",
  conflict: "google.hasPassword",
  forbidden: "google.addressUnconfirmed",
  two_factor_required: "google.tooLong",
  pending_expired: "google.expired",
};

/**
 * What the address of the sign-in page says of a failed sign-in with Google: one of our codes behind `google.`, or one of
 * next-auth's. Only known words are shown: an address is anybody's to write.
 */
export function signInErrorSentence(t: Translate, error: unknown): string | null {
  if (typeof error !== "string") return null;
  if (!error.startsWith("google.")) return t("google.failed");
  const code = error.slice("google.".length);
  const key = Object.hasOwn(ofGoogle, code) ? ofGoogle[code] : undefined;
  return key ? t(key) : signInSentence(t, code);
}
