/** How long requests under way may take after SIGTERM, in milliseconds; less than the platform's own patience. */
export const drainTime = 20_000;
