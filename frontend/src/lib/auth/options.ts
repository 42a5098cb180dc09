import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { config } from "@/config";
import { SignInRefusal, askWithGoogle, askWithPassword } from "./ask-api";
import { pathWithin, safeCallbackUrl } from "./callback-url";
import { authCookies } from "./cookies";
import { admitFromGoogle, googleProviders } from "./google";
import { forgetPendingGoogle, openPendingGoogle, pendingGoogleCookieName } from "./pending-google";
import { noAttempt } from "./sign-in-attempt";
import type { SignInAttempt } from "./sign-in-attempt";

const sevenDays = 7 * 24 * 60 * 60;

const byPassword = (attempt: SignInAttempt) =>
  Credentials({
    credentials: { email: {}, password: {}, code: {} },
    authorize: (fields) => {
      const { email = "", password = "", code = "" } = fields ?? {};
      return askWithPassword({ email, password, ...(code && { code }) }, attempt.visitor);
    },
  });

/** The second half of signing in with Google: the code of the authenticator app. */
const byPendingGoogle = (attempt: SignInAttempt) =>
  Credentials({
    id: "two-factor",
    credentials: { code: {} },
    authorize: async (fields) => {
      const pending = await openPendingGoogle(attempt.cookies[pendingGoogleCookieName()]);
      if (!pending) throw new SignInRefusal("pending_expired");
      const user = await askWithGoogle({ ...pending, code: fields?.code ?? "" }, attempt.visitor);
      attempt.setCookies.push(forgetPendingGoogle());
      return user;
    },
  });

/** next-auth: the API's bearer lives in its encrypted cookie and nowhere else. */
export const authOptions = (attempt: SignInAttempt = noAttempt()): AuthOptions => ({
  secret: config().authSecret,
  useSecureCookies: config().secureCookies,
  session: { strategy: "jwt", maxAge: sevenDays },
  cookies: authCookies(),
  // Its own pages would stand outside of ours, and their styles outside of the security policy.
  pages: { signIn: "/login", signOut: "/login", error: "/login" },
  providers: [byPassword(attempt), byPendingGoogle(attempt), ...googleProviders()],
  callbacks: {
    signIn: ({ user, account }) =>
      account?.provider === "google" ? admitFromGoogle(user, account, attempt) : Promise.resolve(true),
    redirect: ({ url, baseUrl }) => baseUrl + safeCallbackUrl(pathWithin(url, baseUrl)),
    jwt: ({ token, user }) =>
      user
        ? { name: user.name ?? "", sub: user.id, apiToken: user.apiToken, apiTokenExpiresAt: user.apiTokenExpiresAt }
        : token,
    session: ({ session, token }) => ({
      expires: session.expires,
      user: { id: token.sub ?? "", name: token.name ?? "" },
    }),
  },
});
