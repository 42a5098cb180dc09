/**
 * How long to wait before attempt `n` (0 for the first repeat), in milliseconds: exponential from `base` to `cap`, with full
 * jitter, so that thousands of clients that lost the same server do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoff(attempt: number, random: () => number = Math.random, base = 500, cap = 30_000): number {
  return Math.round(random() * Math.min(cap, base * 2 ** Math.min(attempt, 20)));
}
