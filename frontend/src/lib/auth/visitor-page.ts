import type { GetServerSideProps } from "next";
import { isSignInReason, safeCallbackUrl, signInReasons } from "./callback-url";
import { readPageSession } from "./session";

export interface VisitorPageProps {
  callbackUrl: string;
  notice: string | null;
}

/** For pages of people who are not signed in: the others go on to where they wanted to be. */
export const visitorPage: GetServerSideProps<VisitorPageProps> = async ({ req, query }) => {
  const callbackUrl = safeCallbackUrl(query["callbackUrl"]);
  const reason = isSignInReason(query["reason"]) ? query["reason"] : null;
  // With a reason the cookie is no longer good, whatever it says: the API has refused it.
  if (!reason && (await readPageSession(req))) return { redirect: { destination: callbackUrl, permanent: false } };
  return { props: { callbackUrl, notice: reason ? signInReasons[reason] : null } };
};

/** For pages that anybody may open, signed in or not. Rendered at the request: its nonce is in the page. */
export const openPage: GetServerSideProps = async () => ({ props: {} });
