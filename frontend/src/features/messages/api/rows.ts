import type { File, Message } from "@connectbest/contract";
import type { Myself, OutboxEntry } from "@/lib/chat/state";
import { dayKeyOf } from "@/lib/format/dates";

/** One line of the timeline: a message of the server's or one of mine on its way, and what stands above it. */
export interface Row {
  /** The same before and after the server has acknowledged it, so that the row stays the row. */
  readonly key: string;
  readonly userId: string;
  readonly userName: string;
  readonly avatarUrl: string | null;
  readonly content: string;
  readonly attachments: readonly File[];
  readonly createdAt: string;
  readonly message: Message | null;
  readonly pending: OutboxEntry | null;
  /** Continues the row above: the same person within five minutes. */
  readonly isGrouped: boolean;
  /** Begins a day. */
  readonly beginsDay: boolean;
  /** The first unread message. */
  readonly isFirstNew: boolean;
}

const groupWithin = 5 * 60_000;

interface RowSources {
  messages: readonly Message[];
  pending: readonly OutboxEntry[];
  me: Pick<Myself, "id" | "name" | "avatarUrl">;
  newSince: number | null;
}

/** Of a deleted message something is shown only where a thread hangs on it. */
export const isShown = ({ isDeleted, replyCount }: Message): boolean => !isDeleted || replyCount > 0;

/** Lays out a room. Rows that have not changed since `previous` are the same objects, so that they need no drawing. */
export function rowsOf({ messages, pending, me, newSince }: RowSources, previous: ReadonlyMap<string, Row>): Row[] {
  const rows: Row[] = [];
  let hasNew = false;
  const push = (row: Omit<Row, "isGrouped" | "beginsDay" | "isFirstNew">, isNew: boolean) => {
    const above = rows.at(-1);
    const beginsDay = !above || dayKeyOf(above.createdAt) !== dayKeyOf(row.createdAt);
    const isFirstNew = isNew && !hasNew;
    hasNew ||= isNew;
    rows.push(
      reused(
        { ...row, beginsDay, isFirstNew, isGrouped: !beginsDay && !isFirstNew && continues(above, row) },
        previous,
      ),
    );
  };
  for (const message of messages) {
    if (!isShown(message)) continue;
    push(
      rowOfMessage(message),
      message.type === "user" && newSince !== null && message.seq > newSince && message.userId !== me.id,
    );
  }
  for (const entry of pending) push(rowOfEntry(entry, me), false);
  return rows;
}

const rowOfMessage = (message: Message) => ({
  key: `${message.userId}:${message.clientMessageId}`,
  userId: message.userId,
  userName: message.user.name,
  avatarUrl: message.user.avatarUrl,
  content: message.content,
  attachments: message.attachments,
  createdAt: message.createdAt,
  message,
  pending: null,
});

const rowOfEntry = (entry: OutboxEntry, me: RowSources["me"]) => ({
  key: `${me.id}:${entry.clientMessageId}`,
  userId: me.id,
  userName: me.name,
  avatarUrl: me.avatarUrl,
  content: entry.content,
  attachments: entry.attachments,
  createdAt: entry.createdAt,
  message: null,
  pending: entry,
});

const continues = (
  above: Row | undefined,
  row: { userId: string; createdAt: string; message: Message | null },
): boolean =>
  above?.userId === row.userId &&
  above.message?.type !== "system" &&
  row.message?.type !== "system" &&
  !row.message?.forwarded &&
  Date.parse(row.createdAt) - Date.parse(above.createdAt) < groupWithin;

function reused(row: Row, previous: ReadonlyMap<string, Row>): Row {
  const before = previous.get(row.key);
  if (!before) return row;
  const isSame = (Object.keys(row) as (keyof Row)[]).every((name) => row[name] === before[name]);
  return isSame ? before : row;
}
