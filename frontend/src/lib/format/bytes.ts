const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "1.4 MB", in powers of a thousand. */
export function bytesOf(bytes: number, language: string): string {
  // What would be rounded to a thousand is one of the next.
  const step = [0, 1, 2].find((power) => Math.round(bytes / 1000 ** power) < 1000) ?? 3;
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}
