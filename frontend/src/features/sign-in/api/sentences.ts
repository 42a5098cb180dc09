/** The sign-in form's answer to each error code (see `checkPassword`: seconds to wait stand behind a dot). */
export function signInSentence(error: string): string {
  const [code, seconds] = error.split(".");
  switch (code) {
    case "invalid_credentials":
    case "CredentialsSignin":
      return "That email and password do not belong together. Check both and try again.";
    case "invalid_request":
      return "Enter the email and the password of your account.";
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

function waitInWords(seconds: number): string {
  if (!(seconds > 0)) return "in a few minutes";
  if (seconds < 60) return "in a minute";
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
