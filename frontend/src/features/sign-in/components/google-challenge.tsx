import { signIn } from "@/lib/auth/next-auth-client";
import { useText } from "@/lib/text/text-context";
import { signInSentence } from "../api/sentences";
import { CodeForm } from "./code-form";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** The second factor of somebody for whom Google has spoken. */
export function GoogleChallenge({ callbackUrl }: { callbackUrl: string }) {
  const t = useText();
  async function verify(code: string): Promise<string | null> {
    const refusal = await signIn("two-factor", { code });
    if (refusal === null) location.assign(callbackUrl);
    else if (refusal === "pending_expired" || refusal === "invalid_credentials")
      location.assign("/login?error=google.pending_expired");
    else return signInSentence(t, refusal);
    return null;
  }

  return (
    <SignInFrame
      title={t("challenge.title")}
      sentence={t("challenge.google")}
      footer={<TextLink href="/login">{t("challenge.otherWay")}</TextLink>}
    >
      <CodeForm verify={verify} />
    </SignInFrame>
  );
}
