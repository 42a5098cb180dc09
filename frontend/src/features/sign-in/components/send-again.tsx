import { useState } from "react";
import { useText } from "@/lib/text/text-context";
import { post } from "../api/post";

/** Mails the link of a registration once more, and says so where the button stood. */
export function SendAgain({ email }: { email: string }) {
  const t = useText();
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);

  async function send() {
    setBusy(true);
    const outcome = await post("resend-verification", { email });
    setSaid(outcome.ok ? t("sendAgain.done") : outcome.problem.sentence);
    setBusy(false);
  }

  return (
    <>
      {!said && (
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void send()}
          className="rounded-sm font-medium underline underline-offset-3 disabled:opacity-60"
        >
          {t("sendAgain.action")}
        </button>
      )}
      <span role="status">{said}</span>
    </>
  );
}
