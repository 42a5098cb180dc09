import { useState } from "react";
import type { ComponentType } from "react";
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
  const [challenge, setChallenge] = useState<{
    Challenge: ComponentType<PasswordChallengeProps>;
    credentials: Credentials;
  } | null>(null);
  const [trouble, setTrouble] = useState(failure);
  const enter = () => location.assign(callbackUrl);

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
      title="Sign in"
      sentence="Your conversations are where you left them."
      footer={
        <>
          New here?{" "}
          <TextLink href={`/register?callbackUrl=${encodeURIComponent(callbackUrl)}`}>Create an account</TextLink>
        </>
      }
    >
      <LoginForm notice={notice} failure={trouble} onSignedIn={enter} onChallenge={ask} />
      {hasGoogle && <GoogleButton callbackUrl={callbackUrl} />}
    </SignInFrame>
  );
}
