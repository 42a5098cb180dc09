import { config } from "@/config";
import { visitorAddress } from "./visitor-address";

/** What tells the API who is calling, and that it is this server which says so. Never taken from a browser. */
export const visitorHeaderNames = ["x-visitor-address", "x-visitor-proof"] as const;

interface HeaderSource {
  get(name: string): string | null;
}

/** For every call made on a visitor's behalf, from the headers of the visitor's own request. */
export function visitorHeaders(incoming: HeaderSource): Record<string, string> {
  const address = visitorAddress(incoming.get("x-forwarded-for"), config().trustedProxies);
  const userAgent = incoming.get("user-agent");
  return {
    ...(address && { "x-visitor-address": address, "x-visitor-proof": config().frontendSecret }),
    ...(userAgent && { "user-agent": userAgent }),
  };
}
