import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/lib/auth/options";
import { toApi } from "@/lib/bff/to-api";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth answers these; the rest of `/api/auth` (register, me, logout ...) is the API's. */
const ownActions = new Set(["signin", "signout", "session", "csrf", "providers", "callback", "error", "_log"]);

async function authenticate(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!ownActions.has(nextauth[0] ?? "")) return toApi(request);
  const handler = NextAuth(authOptions()) as (request: NextRequest, context: Context) => Promise<Response>;
  return handler(request, context);
}

export { authenticate as GET, authenticate as POST, toApi as PUT, toApi as DELETE, toApi as PATCH };
