/** Where messages stand and are written: a channel (or direct message), or one of its threads. */
export interface Spot {
  readonly channelId: string;
  /** The message that the thread hangs under. */
  readonly parentMessageId: string | null;
}

export const channelSpot = (channelId: string): Spot => ({ channelId, parentMessageId: null });

/** One word for a spot: ids of channels and messages never meet. */
export const spotKey = ({ channelId, parentMessageId }: Spot): string => parentMessageId ?? channelId;
