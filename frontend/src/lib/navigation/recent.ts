const keyOf = (userId: string): string => `connectbest:recent-channels:${userId}`;

/** More than these nobody goes back to by heart. */
const most = 40;

/** The conversations that were open on this device, the latest first, by channel id. */
export function recentChannels(userId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    // Storage is forbidden, or somebody else wrote there: nothing is remembered.
    return [];
  }
}

export function rememberChannel(userId: string, channelId: string): void {
  const kept = [channelId, ...recentChannels(userId).filter((id) => id !== channelId)].slice(0, most);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden: the chat opens at the first channel next time.
  }
}
