import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/lib/auth/options";
import type { SignInAttempt } from "@/lib/auth/sign-in-attempt";
import { toApi } from "@/lib/bff/to-api";
import { visitorHeaders } from "@/lib/visitor/visitor-headers";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth answers these; the rest of `/api/auth` (register, me, logout ...) is the API's. */
const ownActions = new Set(["signin", "signout", "session", "csrf", "providers", "callback", "error", "_log"]);

async function authenticate(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!ownActions.has(nextauth[0] ?? "")) return toApi(request);
  const attempt: SignInAttempt = {
    cookies: Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value])),
    visitor: visitorHeaders(request.headers),
    setCookies: [],
  };
  const handler = NextAuth(authOptions(attempt)) as (request: NextRequest, context: Context) => Promise<Response>;
  const response = await handler(request, context);
  for (const line of attempt.setCookies) response.headers.append("set-cookie", line);
  return response;
}

export { authenticate as GET, authenticate as POST, toApi as PUT, toApi as DELETE, toApi as PATCH };
