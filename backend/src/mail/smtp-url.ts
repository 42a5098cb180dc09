export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Plain at first: nothing is said before TLS is. */
  requireTLS: boolean;
  /** No TLS at all. */
  ignoreTLS: boolean;
  auth?: { user: string; pass: string };
}

/** The registered ports of submission, with and without TLS from the first byte. https://www.rfc-editor.org/rfc/rfc8314#section-7.3 */
const ports = { "smtp:": 587, "smtps:": 465 };

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/**
 * Where and how mail is handed over: `smtps://user:password@mail.example.com`, or `smtp://…`, where TLS is begun by STARTTLS
 * and must be. `?tls=off` goes without, to a relay on one's own machine or network, and takes no password there.
 * @returns null for what is no such address
 */
export function parseSmtpUrl(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const [user, pass] = [decode(username), decode(password)];
  if (!(protocol === "smtp:" || protocol === "smtps:") || !hostname || !/^\/?$/.test(pathname) || hash) return null;
  const isOff = search === "?tls=off" && protocol === "smtp:";
  if (search && !isOff) return null;
  if (user === null || pass === null || Boolean(user) !== Boolean(pass) || (isOff && user)) return null;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : ports[protocol],
    secure: protocol === "smtps:",
    requireTLS: protocol === "smtp:" && !isOff,
    ignoreTLS: isOff,
    ...(user && { auth: { user, pass } }),
  };
}
