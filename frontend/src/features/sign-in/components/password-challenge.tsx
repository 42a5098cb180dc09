import { signIn } from "@/lib/auth/next-auth-client";
import { useText } from "@/lib/text/text-context";
import { signInSentence } from "../api/sentences";
import { CodeForm } from "./code-form";
import type { Credentials } from "./login-form";
import { SignInFrame } from "./sign-in-frame";

export interface PasswordChallengeProps {
  credentials: Credentials;
  onSignedIn(): void;
  /** With what has gone wrong beyond the code, if anything. */
  onStartOver(sentence: string | null): void;
}

/** The second factor of somebody whose password was right: it is sent along with the code. */
export function PasswordChallenge({ credentials, onSignedIn, onStartOver }: PasswordChallengeProps) {
  const t = useText();
  async function verify(code: string): Promise<string | null> {
    const refusal = await signIn("credentials", { ...credentials, code });
    if (refusal === null) onSignedIn();
    else if (refusal === "invalid_credentials") onStartOver(signInSentence(t, refusal));
    else return signInSentence(t, refusal);
    return null;
  }

  return (
    <SignInFrame
      title={t("challenge.title")}
      sentence={t("challenge.password", { email: credentials.email })}
      footer={
        <button
          type="button"
          onClick={() => onStartOver(null)}
          className="rounded-sm font-medium text-accent-text underline-offset-3 hover:underline"
        >
          {t("challenge.otherAccount")}
        </button>
      }
    >
      <CodeForm verify={verify} />
    </SignInFrame>
  );
}
