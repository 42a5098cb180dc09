import dns, { type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, request, type Dispatcher } from "undici";

/** An address that nobody may make us call: our own host, our network, the cloud's metadata. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";

  constructor(host: string) {
    super(`${host.slice(0, 100)} is not a public address.`);
  }
}

/** The answer was larger than asked for. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
}

export interface OutgoingOptions {
  /** Networks that may be called although they are not public, in CIDR notation: `10.1.0.0/16`. */
  allowed?: readonly string[];
  /** Milliseconds for a whole exchange. */
  timeout?: number;
}

export interface Exchange {
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Bytes of the answer that are read; beyond them it fails, or ends there when `isCut`. */
  limit?: number;
  isCut?: boolean;
  /** How often a redirect is followed: each goes the same way past the guard. */
  redirects?: number;
}

export interface Answer {
  /** Where it came from in the end. */
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

/** All that is given out of IPv6 so far; the rest, like `::7f00:1`, is nobody's. https://www.iana.org/assignments/ipv6-unicast-address-assignments */
const givenOut = ipaddr.parseCIDR("2000::/3");
/** Azure's wire server, which hands a machine its secrets: inside every network there, though its number looks public. */
const wireServer = "168.63.129.16";

/** Only what the whole world may route to; mapped, translated and tunnelled addresses are none. */
const isPublic = (address: Parsed): boolean =>
  address.range() === "unicast" &&
  (address.kind() === "ipv4" ? address.toString() !== wireServer : address.match(givenOut));

function isAllowed(address: Parsed, networks: readonly [Parsed, number][]): boolean {
  return networks.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));
}

/** One name or number in square brackets or without. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, "");

/**
 * Calls addresses that strangers chose. Each host is resolved once, every address that it has is checked, and the connection
 * goes to one of just those: a name that means another address a moment later (DNS rebinding) gains nothing.
 */
export class GuardedFetch {
  readonly #networks: [Parsed, number][];
  readonly #timeout: number;
  readonly #agent: Agent;

  constructor({ allowed = [], timeout = 10_000 }: OutgoingOptions = {}) {
    this.#networks = allowed.map((network) => ipaddr.parseCIDR(network) as [Parsed, number]);
    this.#timeout = timeout;
    this.#agent = new Agent({
      connect: { lookup: this.lookup, timeout: Math.min(timeout, 5_000) },
      // A connection is checked when it is made: it is not kept for another day.
      keepAliveTimeout: 1_000,
      maxRedirections: 0,
    } as Agent.Options);
  }

  /** @throws ForbiddenAddress */
  #check(address: string, host: string): void {
    const parsed = ipaddr.process(address);
    if (!isPublic(parsed) && !isAllowed(parsed, this.#networks)) throw new ForbiddenAddress(host);
  }

  /** As `dns.lookup`, but what it answers may be called. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    dns.lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, "", 0);
      try {
        // One that is not allowed spoils them all: whoever mixes them is up to something.
        for (const { address } of addresses) this.#check(address, host);
      } catch (refusal) {
        return callback(refusal as Error, "", 0);
      }
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      if (first) callback(null, first.address, first.family);
      else callback(new Error(`${host} has no address.`), "", 0);
    });
  };

  /** What may be called at all: http and https, without a user, and no number that is not public. @throws ForbiddenAddress */
  checkUrl(text: string): URL {
    const url = new URL(text);
    if (!["http:", "https:"].includes(url.protocol) || url.username || url.password)
      throw new ForbiddenAddress(url.href);
    // Written as a number, in whatever notation: the URL parser has made it plain, and no name is looked up.
    const host = bare(url.hostname);
    if (ipaddr.isValid(host)) this.#check(host, host);
    return url;
  }

  /** @throws ForbiddenAddress, TooMuch, or what the network has to say */
  async fetch(text: string, exchange: Exchange = {}): Promise<Answer> {
    const signal = AbortSignal.timeout(this.#timeout);
    let url = this.checkUrl(text);
    for (let left = exchange.redirects ?? 0; ; left--) {
      const response = await request(url, {
        method: exchange.method ?? "GET",
        headers: exchange.headers ?? {},
        body: exchange.body ?? null,
        dispatcher: this.#agent,
        signal,
      });
      const to = response.headers["location"];
      if (response.statusCode >= 300 && response.statusCode < 400 && typeof to === "string" && left > 0) {
        await response.body.dump({ limit: 16 * 1024 });
        url = this.checkUrl(new URL(to, url).href);
        continue;
      }
      const body = await readBody(response, exchange.limit ?? 64 * 1024, exchange.isCut === true);
      return { url: url.href, status: response.statusCode, headers: response.headers, body };
    }
  }

  /** For libraries that make their own requests. */
  get dispatcher(): Dispatcher {
    return this.#agent;
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

async function readBody(response: Dispatcher.ResponseData, limit: number, isCut: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Hanging up is no fault.
  response.body.on("error", () => undefined);
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= limit) continue;
    response.body.destroy();
    if (!isCut) throw new TooMuch(`The answer is larger than ${limit} bytes.`);
    break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
