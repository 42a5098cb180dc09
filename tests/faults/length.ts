/** `npm run faults` plays the scenarios at the length that they name, `npm test` shorter ones. */
export const isFull = process.env["FAULTS"] === "full";

export const long = <T>(short: T, full: T): T => (isFull ? full : short);

/** Figures for whoever reads the run; jest's own console adds five lines to each. */
export const say = (line: string): void => void process.stdout.write(`  ${line}\n`);
