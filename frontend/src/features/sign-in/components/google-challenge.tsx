import { signIn } from "@/lib/auth/next-auth-client";
import { signInSentence } from "../api/sentences";
import { CodeForm } from "./code-form";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** The second factor of somebody for whom Google has spoken. */
export function GoogleChallenge({ callbackUrl }: { callbackUrl: string }) {
  async function verify(code: string): Promise<string | null> {
    const refusal = await signIn("two-factor", { code });
    if (refusal === null) location.assign(callbackUrl);
    else if (refusal === "pending_expired" || refusal === "invalid_credentials")
      location.assign("/login?error=google.pending_expired");
    else return signInSentence(refusal);
    return null;
  }

  return (
    <SignInFrame
      title="One more step"
      sentence="Google has told us who you are. Your account asks for a second factor, too."
      footer={<TextLink href="/login">Sign in another way</TextLink>}
    >
      <CodeForm verify={verify} />
    </SignInFrame>
  );
}
