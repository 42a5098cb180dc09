import type { Types } from "mongoose";

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

/** Somebody has read a channel (`rootId` null) or one of its threads up to a revision. */
export interface ReadMark {
  userId: Types.ObjectId;
  channelId: Types.ObjectId;
  rootId: Types.ObjectId | null;
  seq: number;
}

const readListeners = new Set<(mark: ReadMark) => void>();

/** Hears of every mark that this process moves forward. @returns ends the listening */
export function onRead(listener: (mark: ReadMark) => void): () => void {
  readListeners.add(listener);
  return () => readListeners.delete(listener);
}

export function hasRead(mark: ReadMark): void {
  for (const listener of readListeners) listener(mark);
}
