/** The sign-in form's answer to each error code (see `SignInRefusal`: seconds to wait stand behind a dot). */
export function signInSentence(error: string): string {
  const [code, seconds] = error.split(".");
  switch (code) {
    case "invalid_credentials":
    case "CredentialsSignin":
      return "That email and password do not belong together. Check both and try again.";
    case "invalid_request":
      return "Enter the email and the password of your account.";
    case "invalid_two_factor_code":
      return "That code is not right, or was used already. Enter the newest one.";
    case "email_not_verified":
      return "This address is not confirmed yet. Open the link that we mailed you.";
    case "account_suspended":
      return "This account is suspended. Ask an administrator of your workspace.";
    case "rate_limited":
      return `Too many attempts. Try again ${waitInWords(Number(seconds))}.`;
    case "network":
      return "The server cannot be reached. Check your connection and try again.";
    default:
      return "Signing in does not work just now. Try again in a moment.";
  }
}

export function waitInWords(seconds: number): string {
  if (!(seconds > 0)) return "in a few minutes";
  if (seconds < 60) return `in ${Math.ceil(seconds)} seconds`;
  if (seconds < 90) return "in a minute";
  return seconds < 7200 ? `in ${Math.ceil(seconds / 60)} minutes` : `in ${Math.ceil(seconds / 3600)} hours`;
}
