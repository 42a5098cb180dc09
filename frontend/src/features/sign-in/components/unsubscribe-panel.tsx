import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { mailedLink, onMailedLink } from "../api/mailed-token";
import { post } from "../api/post";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** What the last link of a mail about unread messages opens. Nothing happens before the button: mail scanners open links too. */
export function UnsubscribePanel() {
  const link = useSyncExternalStore(onMailedLink, mailedLink, () => null);
  return <Unsubscribe key={link?.token} token={link?.token ?? ""} />;
}

function Unsubscribe({ token }: { token: string }) {
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function unsubscribe() {
    setBusy(true);
    const outcome = await post("unsubscribe", { token }, "notifications");
    setBusy(false);
    setDone(outcome.ok);
    setProblem(outcome.ok ? null : outcome.problem.sentence || (outcome.problem.fields["token"] ?? ""));
  }

  const footer = (
    <>
      When and how you are told of messages is up to you in <TextLink href="/settings">your settings</TextLink>.
    </>
  );
  if (isDone)
    return (
      <SignInFrame
        title="Switched off"
        sentence={<span role="status">From now on you get no mail about unread messages.</span>}
        footer={footer}
      />
    );
  return (
    <SignInFrame
      title="No more mail about unread messages?"
      sentence="Mail about your account itself, such as a new password, still comes."
      footer={footer}
    >
      <div className="space-y-5">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
        <Button tone="primary" size="lg" className="w-full" isBusy={isBusy} onClick={() => void unsubscribe()}>
          Stop these mails
        </Button>
      </div>
    </SignInFrame>
  );
}
