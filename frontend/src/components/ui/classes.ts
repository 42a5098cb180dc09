/** Joins class names; what is not there is left out. (clsx does more, for a fifth of a kilobyte on the sign-in page.) */
export const classes = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(" ");
