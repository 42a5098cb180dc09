import type { GetServerSidePropsContext, NextApiRequest } from "next";
import { getToken } from "next-auth/jwt";
import { config } from "@/config";
import { sessionCookieName } from "./cookies";

/** The signed-in person, on the server only: `bearer` must not reach a page. */
export interface Session {
  readonly userId: string;
  readonly name: string;
  readonly bearer: string;
}

interface CookieJar {
  getAll(): { name: string; value: string }[];
}

/** Decrypts and verifies the session cookie; `null` for none, a foreign, a broken or an outlived one. */
export async function readSession(cookies: CookieJar): Promise<Session | null> {
  const request = { cookies, headers: new Headers() } as unknown as NextApiRequest;
  const token = await getToken({
    req: request,
    secret: config().authSecret,
    cookieName: sessionCookieName(),
    secureCookie: config().secureCookies,
  }).catch(() => null);
  if (!token?.sub || !token.apiToken || !token.apiTokenExpiresAt) return null;
  if (Date.parse(token.apiTokenExpiresAt) <= Date.now()) return null;
  return { userId: token.sub, name: token.name ?? "", bearer: token.apiToken };
}

/** The same, for the pages that are rendered with `getServerSideProps`. */
export const readPageSession = (request: GetServerSidePropsContext["req"]): Promise<Session | null> =>
  readSession({
    getAll: () => Object.entries(request.cookies).map(([name, value]) => ({ name, value: value ?? "" })),
  });
