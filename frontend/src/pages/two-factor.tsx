import type { GetServerSideProps } from "next";
import { config } from "@/config";
import { GoogleChallenge } from "@/features/sign-in/components/google-challenge";
import { pathWithin, safeCallbackUrl } from "@/lib/auth/callback-url";
import { cookieName } from "@/lib/auth/cookies";
import { openPendingGoogle, pendingGoogleCookieName } from "@/lib/auth/pending-google";
import { signInText } from "@/lib/auth/visitor-page";
import type { SignInPageProps } from "@/lib/auth/visitor-page";

interface TwoFactorPageProps extends SignInPageProps {
  callbackUrl: string;
}

export default function TwoFactorPage({ callbackUrl }: TwoFactorPageProps) {
  return <GoogleChallenge callbackUrl={callbackUrl} />;
}

/** Only for who has just come from Google; where they wanted to go is in next-auth's cookie. */
export const getServerSideProps: GetServerSideProps<TwoFactorPageProps> = async ({ req }) => {
  if (!(await openPendingGoogle(req.cookies[pendingGoogleCookieName()])))
    return { redirect: { destination: "/login?error=google.pending_expired", permanent: false } };
  const wanted = req.cookies[cookieName("callback-url")] ?? "";
  const callbackUrl = safeCallbackUrl(pathWithin(wanted, new URL(config().publicUrl).origin));
  return { props: { callbackUrl, text: signInText(req) } };
};
