const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** What only our own pages' code can send: a form of another site knows neither, and a browser asks before sending JSON. */
const isOurEncoding = /^\s*(application\/json|multipart\/form-data)\s*(;|$)/i;

const isLoopback = (hostname: string): boolean => hostname === "localhost" || hostname === "127.0.0.1";

/** On one's own machine `localhost` and `127.0.0.1` are the same site, if the port is. */
function isPublicOrigin(origin: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const [asked, ours] = [new URL(origin), new URL(publicUrl)];
  if (asked.origin === ours.origin) return true;
  const bothHere = isLoopback(asked.hostname) && isLoopback(ours.hostname);
  return bothHere && asked.port === ours.port && asked.protocol === ours.protocol;
}

/** By the headers: Next gives a request without a body an empty stream for one. */
const announcesBody = ({ headers }: Request): boolean =>
  Number(headers.get("content-length")) > 0 || headers.has("transfer-encoding");

function isOfForeignKind(request: Request): boolean {
  const type = request.headers.get("content-type");
  return type === null ? announcesBody(request) : !isOurEncoding.test(type);
}

/**
 * Whether a request may change something on the strength of its cookie. Browsers send `Origin` with every request that
 * changes state, so one that carries a cookie and no `Origin`, or a foreign one, is refused; so is a body of a kind that
 * forms can send, or of no kind at all. A request without cookie and origin has no authority to abuse: it is a REST
 * consumer on its way to sign in. Our origin is what is configured; headers that a proxy may or may not set do not count.
 */
export function mayChangeState(request: Request, publicUrl: string): boolean {
  if (safeMethods.has(request.method)) return true;
  const origin = request.headers.get("origin");
  const hasCookie = request.headers.has("cookie");
  if (hasCookie && isOfForeignKind(request)) return false;
  return origin === null ? !hasCookie : isPublicOrigin(origin, publicUrl);
}
