import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { config } from "@/config";
import { checkPassword } from "./check-password";

const sevenDays = 7 * 24 * 60 * 60;

export const sessionCookieName = (): string =>
  config().secureCookies ? "__Host-next-auth.session-token" : "next-auth.session-token";

/** next-auth: the API's bearer lives in its encrypted cookie and nowhere else. */
export const authOptions = (): AuthOptions => ({
  secret: config().authSecret,
  useSecureCookies: config().secureCookies,
  session: { strategy: "jwt", maxAge: sevenDays },
  cookies: {
    sessionToken: {
      name: sessionCookieName(),
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: config().secureCookies },
    },
  },
  pages: { signIn: "/login", error: "/login" },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: (credentials, request) => {
        const forwardedFor: unknown = request.headers?.["x-forwarded-for"];
        return checkPassword(
          { email: credentials?.email ?? "", password: credentials?.password ?? "" },
          typeof forwardedFor === "string" ? forwardedFor : undefined,
        );
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) =>
      user ? { ...token, sub: user.id, apiToken: user.apiToken, apiTokenExpiresAt: user.apiTokenExpiresAt } : token,
    session: ({ session, token }) => ({
      expires: session.expires,
      user: { id: token.sub ?? "", name: token.name ?? "" },
    }),
  },
});
