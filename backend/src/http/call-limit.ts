import type { Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimited } from "./errors";

/** Seconds. */
const window = 10;

/**
 * How often one person, or one stranger's address, may call. Counted by each process for itself: it protects the process,
 * and a database asked before every call would cost more than most calls.
 */
export class CallLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(readonly calls: number) {
    this.#limiter = new RateLimiterMemory({ points: calls, duration: window });
  }

  /** Counts a call and says in the answer's headers how many are left. @throws rate_limited */
  async count(caller: string, response: Response): Promise<void> {
    const result = await this.#limiter.consume(caller).catch((refused: unknown) => refused as RateLimiterRes);
    if (!(result instanceof RateLimiterRes)) throw result;
    const seconds = Math.ceil(result.msBeforeNext / 1000);
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    response.setHeader("RateLimit-Policy", `"calls";q=${this.calls};w=${window}`);
    response.setHeader("RateLimit", `"calls";r=${result.remainingPoints};t=${seconds}`);
    if (result.consumedPoints > this.calls)
      throw rateLimited(`That were too many calls at once. Go on in ${seconds} s.`, seconds);
  }
}
