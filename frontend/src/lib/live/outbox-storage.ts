import type { OutboxEntry } from "@/lib/chat/state";

/** Keeps unacknowledged messages over a reload: one item a message, so that two tabs never overwrite each other's. */
export interface OutboxStorage {
  load(): OutboxEntry[];
  save(entry: OutboxEntry): void;
  remove(clientMessageId: string): void;
}

export function createOutboxStorage(storage: Storage, userId: string): OutboxStorage {
  const prefix = `connectbest:outbox:${userId}:`;
  return {
    load: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => parsed(storage.getItem(key)))
        .filter((entry) => entry !== null)
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    save: (entry) => {
      try {
        storage.setItem(prefix + entry.clientMessageId, JSON.stringify(entry));
      } catch {
        // Full or forbidden: the message is still sent, it only would not survive a reload.
      }
    },
    remove: (clientMessageId) => storage.removeItem(prefix + clientMessageId),
  };
}

function parsed(text: string | null): OutboxEntry | null {
  try {
    const entry = JSON.parse(text ?? "null") as Partial<OutboxEntry> | null;
    const { attachments = [], parentMessageId = null, failure = null } = entry ?? {};
    return entry?.clientMessageId && entry.channelId && entry.createdAt && (entry.content || attachments.length > 0)
      ? { ...(entry as OutboxEntry), attachments, parentMessageId, failure }
      : null;
  } catch {
    return null;
  }
}
