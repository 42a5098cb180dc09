import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { post } from "../api/post";
import type { Problem } from "../api/post";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { useText } from "@/lib/text/text-context";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** The answer is the same whether or not the address has an account: nobody learns here who has one. */
export function ForgotPasswordPanel() {
  const t = useText();
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useFocusOnError(problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email")).trim();
    setBusy(true);
    const outcome = await post("forgot-password", { email });
    if (outcome.ok) setMailedTo(email);
    else setProblem(outcome.problem);
    setBusy(false);
  }

  return (
    <SignInFrame
      title={t("forgot.title")}
      sentence={t("forgot.sentence")}
      footer={t.rich("forgot.footer", { login: (chunks) => <TextLink href="/login">{chunks}</TextLink> })}
    >
      {mailedTo !== null ? (
        <Notice tone="neutral">
          {t.rich("forgot.mailed", {
            email: mailedTo,
            strong: (chunks) => <strong className="font-semibold break-all">{chunks}</strong>,
          })}
        </Notice>
      ) : (
        <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
          {problem?.sentence && <Notice tone="danger">{problem.sentence}</Notice>}
          <TextField
            label={t("field.email")}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            required
            autoFocus
            error={problem?.fields["email"]}
          />
          <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
            {t("forgot.action")}
          </Button>
        </form>
      )}
    </SignInFrame>
  );
}
