import { config } from "./config";

/** Runs once as the server starts: with a wrong environment it does not start, and says which variable. */
export async function register(): Promise<void> {
  try {
    config();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // Next would go on and answer 500 to everybody. (Taken from `globalThis`, for it is also compiled for the edge.)
    const { exit } = globalThis.process;
    exit(1);
  }
  // eslint-disable-next-line no-restricted-syntax -- replaced by the compiler, so that the edge build is without it
  if (process.env.NEXT_RUNTIME === "nodejs") {
    (await import("./lib/visitor/note-address")).noteAddresses();
    const { exit } = globalThis.process;
    // As Next says it when it ends by itself.
    (await import("./lib/drain/drain-connections")).drainOnTermination(() => exit(143));
  }
}
