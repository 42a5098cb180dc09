/**
 * Stands in for Next's copy of Node's `process` in the browser (see next.config.ts), which comes with React's question whether
 * there is one: nobody asks it for more than its environment. 0.6 kB (gzip) less on every page.
 */
export const env = {};

const noProcess = { env };
export default noProcess;
