import { Notice } from "@/components/ui/notice";
import { SendAgain } from "./send-again";
import { SignInFrame } from "./sign-in-frame";

/** After registering: the account begins with the mailed link. */
export function CheckMail({ email, onChange }: { email: string; onChange(): void }) {
  return (
    <SignInFrame
      title="Check your mail"
      sentence={
        <>
          We sent a link to <strong className="font-semibold break-all text-n12">{email}</strong>. Open it, and your
          account is ready.
        </>
      }
      footer={
        <>
          A wrong address?{" "}
          <button
            type="button"
            onClick={onChange}
            className="rounded-sm font-medium text-accent-text underline-offset-3 hover:underline"
          >
            Use another one
          </button>
        </>
      }
    >
      <Notice tone="neutral">
        The link works for 24 hours. If no mail comes within a few minutes, look among the spam.{" "}
        <SendAgain email={email} />
      </Notice>
    </SignInFrame>
  );
}
