import { useState, useSyncExternalStore } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { mailedLink, onMailedLink } from "../api/mailed-token";
import { linkSentence, post } from "../api/post";
import type { Problem } from "../api/post";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useText } from "@/lib/text/text-context";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

export function ResetPasswordPanel() {
  const t = useText();
  const link = useSyncExternalStore(onMailedLink, mailedLink, () => null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useFocusOnError(problem);
  const fieldError = problem?.fields["newPassword"];

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const newPassword = String(new FormData(event.currentTarget).get("newPassword"));
    setBusy(true);
    const outcome = await post("reset-password", { token: link?.token ?? "", newPassword });
    if (outcome.ok) return location.assign("/login?reason=password_reset");
    setProblem(outcome.problem);
    setBusy(false);
  }

  return (
    <SignInFrame
      title={t("reset.title")}
      sentence={t("reset.sentence")}
      footer={t.rich("reset.footer", { login: (chunks) => <TextLink href="/login">{chunks}</TextLink> })}
    >
      <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
        {problem && !fieldError && (
          <Notice tone="danger">
            {linkSentence(t, problem)} <TextLink href="/forgot-password">{t("reset.askAgain")}</TextLink>
          </Notice>
        )}
        <NewPasswordField label={t("field.newPassword")} name="newPassword" autoFocus error={fieldError} />
        <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
          {t("reset.action")}
        </Button>
      </form>
    </SignInFrame>
  );
}
