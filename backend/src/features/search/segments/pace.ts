/** How long work in the background goes on at a stretch, in milliseconds: requests are answered in between. */
const stretch = 4;

/** The longest pause, in milliseconds: the stretch may have been a wait for the database. */
const longestRest = 20;

/** Cuts long work into stretches. Between two of them at least as long is left to others. */
export class Pace {
  #begun = performance.now();
  /** How many times as long as a stretch the pause after it lasts; 0 only lets others in. */
  constructor(readonly rest = 0) {}

  /** Resolves at once, or after a pause when it is time for one. */
  async step(): Promise<void> {
    const worked = performance.now() - this.#begun;
    if (worked < stretch) return;
    await new Promise<void>((resolve) =>
      this.rest > 0 ? setTimeout(resolve, Math.min(longestRest, worked * this.rest)) : setImmediate(resolve),
    );
    this.#begun = performance.now();
  }
}
