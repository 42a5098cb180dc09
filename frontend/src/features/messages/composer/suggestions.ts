import type { User } from "@connectbest/contract";
import { inTone, loadEmoji, searchEmoji } from "@/components/emoji/emoji-data";
import type { ChatState } from "@/lib/chat/state";
import type { Translate } from "@/lib/text/translate";

export interface Suggestion {
  readonly key: string;
  /** What is put in the token's place. */
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
  readonly person: User | null;
  /** Of emoji. */
  readonly character: string | null;
}

export const mostSuggestions = 8;

/** Whether a word of its names begins so. */
export function isCalled({ label, hint }: Suggestion, text: string): boolean {
  const names = ` ${label} ${hint}`.toLowerCase();
  const wanted = text.toLowerCase();
  for (let at = names.indexOf(wanted, 1); at > 0; at = names.indexOf(wanted, at + 1))
    if (!/[\p{L}\p{N}]/u.test(names.charAt(at - 1))) return true;
  return false;
}

/** Whom the server found, and everybody at once where more than one person listens. */
export function personSuggestions(
  users: readonly User[],
  text: string,
  isDirect: boolean,
  meId: string,
  t: Translate,
): Suggestion[] {
  const groups = [
    { name: "channel", hint: t("composer.everybody") },
    { name: "here", hint: t("composer.everybodyHere") },
  ].filter(({ name }) => name.startsWith(text.toLowerCase()) && !isDirect);
  return [
    ...users
      .filter(({ id }) => id !== meId)
      .map((person) => ({
        key: person.id,
        insert: `@${person.username} `,
        label: person.name,
        hint: `@${person.username}`,
        person,
        character: null,
      })),
    ...groups.map(({ name, hint }) => ({
      key: name,
      insert: `@${name} `,
      label: `@${name}`,
      hint,
      person: null,
      character: null,
    })),
  ].slice(0, mostSuggestions);
}

/** My channels, by the beginning of their name or of a word in it. */
export function channelSuggestions(text: string, { channels: mine }: Pick<ChatState, "channels">): Suggestion[] {
  const wanted = text.toLowerCase();
  return Object.values(mine ?? {})
    .flatMap(({ channel }) =>
      channel.name !== null && !channel.archivedAt ? [{ ...channel, name: channel.name }] : [],
    )
    .filter(({ name }) => name.split("-").some((word) => word.startsWith(wanted)) || name.startsWith(wanted))
    .sort(
      (a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)) || a.name.localeCompare(b.name),
    )
    .slice(0, mostSuggestions)
    .map(({ id, name, description }) => ({
      key: id,
      insert: `#${name} `,
      label: `#${name}`,
      hint: description ?? "",
      person: null,
      character: null,
    }));
}

export async function emojiSuggestions(text: string, tone: number, { language }: Translate): Promise<Suggestion[]> {
  return searchEmoji(await loadEmoji(language), text, mostSuggestions).map((one) => ({
    key: one.character,
    insert: `${inTone(one, tone)} `,
    label: one.shortcodes[0] ? `:${one.shortcodes[0]}:` : one.label,
    hint: one.label,
    person: null,
    character: inTone(one, tone),
  }));
}
