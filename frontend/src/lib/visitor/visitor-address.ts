/**
 * Who is calling, from `X-Forwarded-For` after this server added the address of the connection to it. Each of our proxies
 * has appended one address; what stands before those is the caller's own claim and proves nothing.
 * @returns `null` when there are fewer entries than proxies: somebody has gone round them
 */
export function visitorAddress(forwardedFor: string | null | undefined, trustedProxies: number): string | null {
  const entries = (forwardedFor ?? "").split(",").map((entry) => entry.trim());
  const address = entries[entries.length - 1 - trustedProxies];
  return address ? withoutMapping(address) : null;
}

/** `::ffff:192.0.2.1` is how a socket that takes both families writes an IPv4 address. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
