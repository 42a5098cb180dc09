import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { config as settings } from "./config";
import { contentSecurityPolicy } from "./lib/security/content-security-policy";

/**
 * Every page gets a Content-Security-Policy with a nonce of its own. Next finds the nonce in the request's copy of the
 * policy and gives it to the scripts it writes; ours is read from `x-nonce`.
 */
export function proxy(request: NextRequest): NextResponse {
  const { isProduction, realtimeOrigin, filesOrigin, assetOrigin, secureCookies } = settings();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    realtimeOrigin,
    filesOrigin,
    assetOrigin,
    isSecure: secureCookies,
    isProduction,
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages only: not the API's answers, and not files, which are the same for everybody and cached for a year. */
export const config = {
  matcher: "/((?!api/|_next/static/|fonts/|icon|apple-touch-icon|manifest.webmanifest|service-worker.js).*)",
};
