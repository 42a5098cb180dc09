import { signInSentence } from "./sentences";

const ofGoogle: Record<string, string> = {
  invalid_credentials: "Google's answer could not be confirmed. Try again.",
  not_found: "Signing in with Google is not set up on this server. Use your password, or ask an administrator.",
  conflict: "This address has an account that signs in by password. Sign in with the password.",
  forbidden: "Google has not confirmed this address. Confirm it there, or sign in with a password.",
  two_factor_required: "Google's answer was too long to keep. Sign in with a password instead.",
  pending_expired: "Signing in took more than five minutes. Begin again.",
};

/**
 * What the address of the sign-in page says of a failed sign-in with Google: one of our codes behind `google.`, or one of
 * next-auth's. Only known words are shown: an address is anybody's to write.
 */
export function signInErrorSentence(error: unknown): string | null {
  if (typeof error !== "string") return null;
  if (!error.startsWith("google.")) return "Signing in with Google did not work. Try again, or use your password.";
  const code = error.slice("google.".length);
  return Object.hasOwn(ofGoogle, code) ? (ofGoogle[code] ?? null) : signInSentence(code);
}
