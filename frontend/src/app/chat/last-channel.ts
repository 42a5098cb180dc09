const keyOf = (userId: string): string => `connectbest:last-channel:${userId}`;

/** Which conversation was open last, on this device. */
export const lastChannelId = (userId: string): string | null => localStorage.getItem(keyOf(userId));

export function rememberChannel(userId: string, channelId: string): void {
  try {
    localStorage.setItem(keyOf(userId), channelId);
  } catch {
    // Storage is full or forbidden: the chat opens at the first channel next time.
  }
}
