type Listener = (channelId: string) => void;

const listeners = new Set<Listener>();

/**
 * Hears of every channel in which this process has changed a message, after the change is committed. What other processes
 * change is not heard of: whoever must miss nothing compares revisions as well.
 * @returns ends the listening
 */
export function onChannelChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function channelChanged(channelId: string): void {
  for (const listener of listeners) listener(channelId);
}
