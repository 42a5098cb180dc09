import { permalinkPath, type Notification } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Config } from "../../config";
import { writeLetter, type Line } from "../../mail/letter";
import type { Compose } from "../../mail/outbox";
import { findMailable } from "./mailable";
import { placeOf, wordsOf } from "./notice-words";
import { NotificationModel } from "./notifications.model";
import { presentNotifications } from "./notifications.presenter";
import { stillTheirs } from "./notifications.service";
import { pageOf, unsubscribeToken } from "./unsubscribe";

/** What more there is, the client shows. */
const mostLines = 20;

type LetterConfig = Pick<Config, "PUBLIC_URL" | "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

/** What of a mail's notices is still unread and still theirs, the latest first: at most so many lines, and how many in all. */
async function findUnread(userId: Types.ObjectId, mailId: Types.ObjectId) {
  const rows = await NotificationModel.find({ userId, isRead: false, mailId }).sort({ at: -1, _id: -1 }).lean();
  const theirs = await stillTheirs(userId, rows);
  const notices = await presentNotifications(theirs.slice(0, mostLines));
  return { notices, more: Math.max(0, theirs.length - mostLines) };
}

const lineOf = (notice: Notification, web: string): Line => {
  const { title, body } = wordsOf(notice);
  return { title, text: body, url: web + permalinkPath({ channelId: notice.channelId, id: notice.messageId }) };
};

/** By conversation: the one with the latest first, and in each the oldest first, as it was said. */
function sectionsOf(notices: Notification[], web: string): { heading: string; lines: Line[] }[] {
  const sections = new Map<string, { heading: string; lines: Line[] }>();
  for (const notice of notices) {
    const section = sections.get(notice.channelId) ?? { heading: placeOf(notice), lines: [] };
    section.lines.unshift(lineOf(notice, web));
    sections.set(notice.channelId, section);
  }
  return [...sections.values()];
}

/** By which mail programs offer to end such mail by themselves. https://www.rfc-editor.org/rfc/rfc8058 */
const listHeaders = (web: string, token: string): Record<string, string> => ({
  "List-Unsubscribe": `<${web}/api/notifications/unsubscribe?token=${token}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** Writes the mail about what stays unread; none when all of it was read meanwhile, or it is not wanted any more. */
export const composeUnread =
  (config: LetterConfig): Compose =>
  async ({ _id, userId }) => {
    const web = config.PUBLIC_URL;
    const person = userId && (await findMailable(userId));
    if (!person) return null;
    const { notices, more } = await findUnread(person._id, _id);
    const [first] = notices;
    if (!first) return null;
    const total = notices.length + more;
    const token = unsubscribeToken(person._id, config);
    const letter = writeLetter(person.email, {
      subject: total === 1 ? wordsOf(first).title : `${total} unread notices`,
      paragraphs: [`Hello ${person.name},`, "this is waiting for you:"],
      sections: sectionsOf(notices, web),
      action: { label: more > 0 ? `Open the chat to see ${more} more` : "Open the chat", url: `${web}/chat` },
      footnote:
        "You are sent this because it stayed unread for a while. Your settings say after how long, and whether.",
      exit: { label: "No more of these mails", url: pageOf(token, config) },
    });
    return { ...letter, headers: listHeaders(web, token) };
  };
