import { useState } from "react";
import { CheckMail } from "./check-mail";
import { RegisterForm } from "./register-form";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

export function RegisterPanel({ callbackUrl }: { callbackUrl: string }) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo !== null) return <CheckMail email={mailedTo} onChange={() => setMailedTo(null)} />;
  return (
    <SignInFrame
      title="Create your account"
      sentence="Your team will see your name beside your messages."
      footer={
        <>
          Have an account already?{" "}
          <TextLink href={`/login?callbackUrl=${encodeURIComponent(callbackUrl)}`}>Sign in</TextLink>
        </>
      }
    >
      <RegisterForm onMailed={setMailedTo} />
    </SignInFrame>
  );
}
