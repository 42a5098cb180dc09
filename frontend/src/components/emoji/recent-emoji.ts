const key = "connectbest:recent-emoji";
const kept = 27;

/** Shown before anybody has chosen any. */
const usual = ["👍", "❤️", "😂", "🎉", "👀", "✅"];

/** What was chosen in this browser, the latest first. */
export function recentEmoji(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list.slice(0, kept);
  } catch {
    // Nothing that can be read: as if nothing had been chosen.
  }
  return [];
}

export function noteEmoji(emoji: string): void {
  try {
    const list = [emoji, ...recentEmoji().filter((other) => other !== emoji)].slice(0, kept);
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Storage is full or forbidden: it is a convenience.
  }
}

/** The few that are offered without a picker. */
export const quickEmoji = (count: number): string[] => [...new Set([...recentEmoji(), ...usual])].slice(0, count);
