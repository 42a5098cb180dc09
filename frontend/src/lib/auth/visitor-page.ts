import type { GetServerSideProps } from "next";
import type { IncomingMessage } from "node:http";
import { languageOfHeaders } from "@/lib/text/header-language";
import { textOf } from "@/lib/text/server-text";
import type { PageText } from "@/lib/text/server-text";
import { translator } from "@/lib/text/translate";
import { isSignInReason, safeCallbackUrl } from "./callback-url";
import { readPageSession } from "./session";

export interface SignInPageProps {
  text: PageText;
}

export interface VisitorPageProps extends SignInPageProps {
  callbackUrl: string;
  notice: string | null;
}

/** The sentences of a sign-in page, in the language that its visitor's browser has chosen or asks for. */
export const signInText = (req: IncomingMessage): PageText => textOf(languageOfHeaders(req.headers), "ui", "sign-in");

/** For pages of people who are not signed in: the others go on to where they wanted to be. */
export const visitorPage: GetServerSideProps<VisitorPageProps> = async ({ req, query }) => {
  const callbackUrl = safeCallbackUrl(query["callbackUrl"]);
  const reason = isSignInReason(query["reason"]) ? query["reason"] : null;
  // With a reason the cookie is no longer good, whatever it says: the API has refused it.
  if (!reason && (await readPageSession(req))) return { redirect: { destination: callbackUrl, permanent: false } };
  const text = signInText(req);
  const t = translator(text.language, text.messages);
  return { props: { callbackUrl, text, notice: reason && t(`reason.${reason}`) } };
};

/** For pages that anybody may open, signed in or not. Rendered at the request: its nonce is in the page. */
export const openPage: GetServerSideProps<SignInPageProps> = async ({ req }) => ({ props: { text: signInText(req) } });
