import type { Translate } from "@/lib/text/translate";

/** The sign-in form's answer to each error code (see `SignInRefusal`: seconds to wait stand behind a dot). */
export function signInSentence(t: Translate, error: string): string {
  const [code, seconds] = error.split(".");
  switch (code) {
    case "invalid_credentials":
    case "CredentialsSignin":
      return t("refusal.credentials");
    case "invalid_request":
      return t("refusal.request");
    case "invalid_two_factor_code":
      return t("refusal.code");
    case "email_not_verified":
      return t("refusal.unverified");
    case "account_suspended":
      return t("refusal.suspended");
    case "rate_limited":
      return t("refusal.tooMany", { wait: waitInWords(t, Number(seconds)) });
    case "network":
      return t("error.network");
    default:
      return t("refusal.unknown");
  }
}

function waitInWords(t: Translate, seconds: number): string {
  if (!(seconds > 0)) return t("wait.unknown");
  if (seconds < 60) return t("wait.seconds", { count: Math.ceil(seconds) });
  if (seconds < 7200) return t("wait.minutes", { count: seconds < 90 ? 1 : Math.ceil(seconds / 60) });
  return t("wait.hours", { count: Math.ceil(seconds / 3600) });
}
