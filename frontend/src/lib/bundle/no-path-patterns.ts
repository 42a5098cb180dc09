/**
 * Stands in for Next's compiled path-to-regexp in the browser (see next.config.ts): the Pages Router needs it only to follow
 * rewrites without a page load, and there are none. 2.3 kB (gzip) less on every sign-in page.
 */
export const pathToRegexp = (): never => {
  throw new Error("Rewrites are not followed in the browser.");
};
export const compile = pathToRegexp;
export const parse = pathToRegexp;
export const regexpToFunction = pathToRegexp;
