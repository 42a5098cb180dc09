import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useText } from "@/lib/text/text-context";
import { mailedLink, onMailedLink } from "../api/mailed-token";
import { linkSentence, post } from "../api/post";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** What the last link of a mail about unread messages opens. Nothing happens before the button: mail scanners open links too. */
export function UnsubscribePanel() {
  const link = useSyncExternalStore(onMailedLink, mailedLink, () => null);
  return <Unsubscribe key={link?.token} token={link?.token ?? ""} />;
}

function Unsubscribe({ token }: { token: string }) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function unsubscribe() {
    setBusy(true);
    const outcome = await post("unsubscribe", { token }, "notifications");
    setBusy(false);
    setDone(outcome.ok);
    setProblem(outcome.ok ? null : linkSentence(t, outcome.problem));
  }

  const footer = t.rich("unsubscribe.footer", {
    settings: (chunks) => <TextLink href="/settings">{chunks}</TextLink>,
  });
  if (isDone)
    return (
      <SignInFrame
        title={t("unsubscribe.doneTitle")}
        sentence={<span role="status">{t("unsubscribe.done")}</span>}
        footer={footer}
      />
    );
  return (
    <SignInFrame title={t("unsubscribe.title")} sentence={t("unsubscribe.sentence")} footer={footer}>
      <div className="space-y-5">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
        <Button tone="primary" size="lg" className="w-full" isBusy={isBusy} onClick={() => void unsubscribe()}>
          {t("unsubscribe.action")}
        </Button>
      </div>
    </SignInFrame>
  );
}
