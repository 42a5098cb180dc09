import { config } from "./config";

/** Runs once as the server starts: with a wrong environment it does not start, and says which variable. */
export function register(): void {
  try {
    config();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // Next would go on and answer 500 to everybody. (Taken from `globalThis`, for it is also compiled for the edge.)
    const { exit } = globalThis.process;
    exit(1);
  }
}
