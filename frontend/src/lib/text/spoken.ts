import type { Translate } from "./translate";

let spoken: Translate | null = null;

/** Remembers, in a browser, in what language its one reader reads. A server speaks to many at once and remembers nobody. */
export function speak(translate: Translate): void {
  if (typeof window !== "undefined") spoken = translate;
}

/** For what is no component: the sentences of failures. `null` on a server and in tests. */
export const spokenText = (): Translate | null => spoken;
