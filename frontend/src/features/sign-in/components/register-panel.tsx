import { useState } from "react";
import { useText } from "@/lib/text/text-context";
import { CheckMail } from "./check-mail";
import { RegisterForm } from "./register-form";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

export function RegisterPanel({ callbackUrl }: { callbackUrl: string }) {
  const t = useText();
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo !== null) return <CheckMail email={mailedTo} onChange={() => setMailedTo(null)} />;
  return (
    <SignInFrame
      title={t("register.title")}
      sentence={t("register.sentence")}
      footer={t.rich("register.footer", {
        login: (chunks) => <TextLink href={`/login?callbackUrl=${encodeURIComponent(callbackUrl)}`}>{chunks}</TextLink>,
      })}
    >
      <RegisterForm onMailed={setMailedTo} />
    </SignInFrame>
  );
}
