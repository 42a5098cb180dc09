import { Notice } from "@/components/ui/notice";
import { useText } from "@/lib/text/text-context";
import { SendAgain } from "./send-again";
import { SignInFrame } from "./sign-in-frame";

/** After registering: the account begins with the mailed link. */
export function CheckMail({ email, onChange }: { email: string; onChange(): void }) {
  const t = useText();
  return (
    <SignInFrame
      title={t("checkMail.title")}
      sentence={t.rich("checkMail.sentence", {
        email,
        strong: (chunks) => <strong className="font-semibold break-all text-n12">{chunks}</strong>,
      })}
      footer={t.rich("checkMail.wrongAddress", {
        change: (chunks) => (
          <button
            type="button"
            onClick={onChange}
            className="rounded-sm font-medium text-accent-text underline-offset-3 hover:underline"
          >
            {chunks}
          </button>
        ),
      })}
    >
      <Notice tone="neutral">
        {t("checkMail.hint")} <SendAgain email={email} />
      </Notice>
    </SignInFrame>
  );
}
