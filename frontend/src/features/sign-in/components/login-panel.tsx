import { useEffect, useState } from "react";
import type { ComponentType } from "react";
import { useText } from "@/lib/text/text-context";
import { GoogleButton } from "./google-button";
import { LoginForm } from "./login-form";
import type { Credentials } from "./login-form";
import type { PasswordChallengeProps } from "./password-challenge";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

interface LoginPanelProps {
  callbackUrl: string;
  notice: string | null;
  failure: string | null;
  hasGoogle: boolean;
}

/** Email and password; then, for accounts that ask for it, a code. The second half is loaded when it is needed. */
export function LoginPanel({ callbackUrl, notice, failure, hasGoogle }: LoginPanelProps) {
  const t = useText();
  const [challenge, setChallenge] = useState<{
    Challenge: ComponentType<PasswordChallengeProps>;
    credentials: Credentials;
  } | null>(null);
  const [trouble, setTrouble] = useState(failure);
  const enter = () => location.assign(callbackUrl);
  // Whoever comes here is not signed in, or no longer: of who was, this device keeps nothing.
  useEffect(() => {
    import("@/lib/offline/forget").then(({ forgetDevice }) => forgetDevice()).catch(() => undefined);
  }, []);

  async function ask(credentials: Credentials) {
    const { PasswordChallenge } = await import("./password-challenge");
    setChallenge({ Challenge: PasswordChallenge, credentials });
  }

  function startOver(sentence: string | null) {
    setTrouble(sentence);
    setChallenge(null);
  }

  if (challenge)
    return <challenge.Challenge credentials={challenge.credentials} onSignedIn={enter} onStartOver={startOver} />;
  return (
    <SignInFrame
      title={t("login.title")}
      sentence={t("login.sentence")}
      footer={t.rich("login.footer", {
        register: (chunks) => (
          <TextLink href={`/register?callbackUrl=${encodeURIComponent(callbackUrl)}`}>{chunks}</TextLink>
        ),
      })}
    >
      <LoginForm notice={notice} failure={trouble} onSignedIn={enter} onChallenge={ask} />
      {hasGoogle && <GoogleButton callbackUrl={callbackUrl} />}
    </SignInFrame>
  );
}
