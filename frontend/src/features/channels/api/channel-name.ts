/** What is typed, as a channel may be named: spaces and underscores become hyphens, the rest that is not allowed goes. */
export const typedChannelName = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\s_]+/g, "-")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/^[^a-z]+/, "")
    .slice(0, 50);
