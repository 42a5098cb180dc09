import { useEffect, useRef, useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { useText } from "@/lib/text/text-context";
import { linkSentence, post } from "../api/post";
import type { Problem } from "../api/post";
import { DeadLink } from "./dead-link";
import { SignInFrame } from "./sign-in-frame";

/** The new address of somebody who has an account: it is confirmed at once, the link is the whole deed. */
export function ConfirmChange({ token }: { token: string }) {
  const t = useText();
  const hasBegun = useRef(false);
  const [address, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void post<{ email: string }>("verify-email", { token }).then((outcome) => {
      if (outcome.ok) setAddress(outcome.answer.email);
      else setProblem(outcome.problem);
    });
  }, [token]);

  if (problem) return <DeadLink sentence={linkSentence(t, problem)} />;
  if (address === null)
    return (
      <SignInFrame title={t("confirm.busyTitle")} sentence={t("confirm.busy")}>
        <p role="status" className="h-1 overflow-hidden rounded-full bg-n5">
          <span className="block h-full w-1/3 animate-pulse rounded-full bg-accent" />
          <span className="sr-only">{t("confirm.busyLabel")}</span>
        </p>
      </SignInFrame>
    );
  return (
    <SignInFrame title={t("confirm.changed")} sentence={t("confirm.changedHint", { address })}>
      <ButtonLink href="/chat" size="lg" className="w-full">
        {t("confirm.toChat")}
      </ButtonLink>
    </SignInFrame>
  );
}
