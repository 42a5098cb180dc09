import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { signIn } from "@/lib/auth/next-auth-client";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { useText } from "@/lib/text/text-context";
import { rememberAddress } from "../api/mailed-token";
import { linkSentence, post } from "../api/post";
import { DeadLink } from "./dead-link";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/**
 * Asks for the password of the registration: so nobody gives a stranger who registered their address an account by opening
 * a mail, and who knows it is signed in with the same step.
 */
export function ConfirmRegistration({ token }: { token: string }) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ sentence: string; isDead: boolean } | null>(null);
  const form = useFocusOnError(problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setBusy(true);
    const outcome = await post<{ email: string }>("verify-email", { token, password });
    if (outcome.ok) {
      const { email } = outcome.answer;
      if ((await signIn("credentials", { email, password })) === null) return location.replace("/chat");
      rememberAddress(email);
      return location.replace("/login?reason=verified");
    }
    const { problem: refused } = outcome;
    setProblem({ sentence: linkSentence(t, refused), isDead: refused.code === "invalid_request" });
    setBusy(false);
  }

  if (problem?.isDead) return <DeadLink sentence={problem.sentence} />;
  return (
    <SignInFrame
      title={t("confirm.title")}
      sentence={t("confirm.sentence")}
      footer={t.rich("confirm.footer", { register: (chunks) => <TextLink href="/register">{chunks}</TextLink> })}
    >
      <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
        {problem && <Notice tone="danger">{problem.sentence}</Notice>}
        <PasswordField autoComplete="current-password" autoFocus />
        <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
          {t("confirm.action")}
        </Button>
      </form>
    </SignInFrame>
  );
}
