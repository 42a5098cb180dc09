const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** What a plain form of another site can send without asking; the API takes JSON and multipart. */
const isFormEncoding = /^\s*(text\/plain|application\/x-www-form-urlencoded)/i;

/**
 * Whether a request may change something on the strength of its cookie. Browsers send `Origin` with every request that
 * changes state, so one that carries a cookie and no `Origin`, or a foreign one, is refused. A request with neither has no
 * authority to abuse: it is a REST consumer on its way to sign in.
 */
export function mayChangeState(request: Request): boolean {
  if (safeMethods.has(request.method)) return true;
  const origin = request.headers.get("origin");
  const hasCookie = request.headers.has("cookie");
  if (hasCookie && isFormEncoding.test(request.headers.get("content-type") ?? "")) return false;
  if (origin === null) return !hasCookie;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host;
}
