import type { Notification } from "@connectbest/contract";

/** What turns the direction of the words beside it, and what is no character at all. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** On one line, whatever people called themselves or wrote. */
const plain = (text: string): string => text.replace(/\s+/g, " ").replace(unseen, "").trim();

/** A notice in plain sentences, for where no client shows it. */
export interface NoticeWords {
  title: string;
  body: string;
}

/** Where a notice comes from, as its people call it. */
export const placeOf = ({ channelName, actor }: Notification): string =>
  channelName === null ? `Conversation with ${plain(actor?.name ?? "others")}` : `#${plain(channelName)}`;

function titleOf({ kind, actor, channelName, count, detail }: Notification): string {
  const who = plain(actor?.name ?? "Somebody");
  const where = channelName === null ? "" : ` in #${plain(channelName)}`;
  switch (kind) {
    case "mention":
      return `${who} mentioned you${where}`;
    case "keyword":
      return `${who} used one of your keywords${where}`;
    case "dm":
      return count === 1 ? `${who} wrote to you` : `${count} new messages, the latest from ${who}`;
    case "thread_reply":
      return count === 1
        ? `${who} replied in a thread${where}`
        : `${count} new replies in a thread${where}, the latest from ${who}`;
    case "reaction":
      return `${who} reacted with ${plain(detail ?? "")}${where}`;
    case "reminder":
      return `You asked to be reminded${where}`;
  }
}

export const wordsOf = (notice: Notification): NoticeWords => ({
  title: titleOf(notice),
  body:
    notice.kind === "reminder" && notice.detail
      ? `${plain(notice.detail)}: ${plain(notice.excerpt)}`
      : plain(notice.excerpt),
});
