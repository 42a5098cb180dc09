import type { CompactEmoji, MessagesDataset, ShortcodesDataset } from "emojibase";
import type { Language } from "@/lib/text/language";

export interface Emoji {
  readonly character: string;
  readonly label: string;
  /** Without colons: `tada`. */
  readonly shortcodes: readonly string[];
  readonly tags: readonly string[];
  /** In five skin tones, lightest first; empty where there is no skin. */
  readonly tones: readonly string[];
}

export interface EmojiGroup {
  readonly key: string;
  readonly label: string;
  readonly emoji: readonly Emoji[];
}

export interface EmojiData {
  readonly groups: readonly EmojiGroup[];
  readonly all: readonly Emoji[];
}

const loaded = new Map<Language, Promise<EmojiData>>();

/** Every emoji, named in the reader's language: 100 kB, asked for when the first is wanted. */
export function loadEmoji(language: Language): Promise<EmojiData> {
  let data = loaded.get(language);
  if (!data) {
    data = read(language);
    // Not for ever, should it have failed.
    data.catch(() => loaded.delete(language));
    loaded.set(language, data);
  }
  return data;
}

async function read(language: Language): Promise<EmojiData> {
  const [list, { groups }, shortcodes] = await Promise.all([listIn(language), groupsIn(language), shortcodesInUse()]);
  const all = list.flatMap((entry) => emojiOf(entry, shortcodes));
  return {
    all: all.map(({ emoji }) => emoji),
    groups: groups
      .filter(({ key }) => key !== "component")
      .map(({ key, message, order }) => ({
        key,
        label: message,
        emoji: all.filter(({ group }) => group === order).map(({ emoji }) => emoji),
      })),
  };
}

const listIn = async (language: Language): Promise<CompactEmoji[]> =>
  language === "de"
    ? (await import("emojibase-data/de/compact.json")).default
    : (await import("emojibase-data/en/compact.json")).default;

const groupsIn = async (language: Language): Promise<MessagesDataset> =>
  language === "de"
    ? (await import("emojibase-data/de/messages.json")).default
    : (await import("emojibase-data/en/messages.json")).default;

const shortcodesInUse = async (): Promise<ShortcodesDataset> =>
  (await import("emojibase-data/en/shortcodes/github.json")).default;

function emojiOf(entry: CompactEmoji, shortcodes: ShortcodesDataset): { group: number; emoji: Emoji }[] {
  const { unicode, label, tags = [], group, hexcode, skins = [] } = entry;
  const character = standardForm(unicode);
  if (!character || group === undefined) return [];
  const names = shortcodes[hexcode] ?? [];
  const tones = skins.length >= 5 ? skins.slice(0, 5).map((skin) => standardForm(skin.unicode) ?? skin.unicode) : [];
  const emoji = { character, label, tags, tones, shortcodes: typeof names === "string" ? [names] : names };
  return [{ group, emoji }];
}

const rgiEmoji = new RegExp("^\\p{RGI_Emoji}$", "v");

/** As Unicode recommends to write it, which is what the API takes; the data names some with a mark too many. */
function standardForm(unicode: string): string | null {
  if (rgiEmoji.test(unicode)) return unicode;
  const plain = unicode.replaceAll("\ufe0f", "");
  return rgiEmoji.test(plain) ? plain : null;
}

/** In a skin tone, 1 to 5, where it has any; 0 is none. */
export const inTone = (emoji: Emoji, tone: number): string => emoji.tones[tone - 1] ?? emoji.character;

/** By the beginning of a shortcode, then of a word of the label or of a tag. */
export function searchEmoji({ all }: EmojiData, text: string, limit: number): Emoji[] {
  const wanted = text.trim().toLowerCase().replace(/^:|:$/g, "");
  if (!wanted) return [];
  return all
    .flatMap((emoji, order) => {
      const rank = rankOf(emoji, wanted);
      return rank === null ? [] : [{ emoji, rank, order }];
    })
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

function rankOf({ label, shortcodes, tags }: Emoji, wanted: string): number | null {
  const name = label.toLowerCase();
  if (shortcodes.includes(wanted) || name === wanted) return 0;
  if (shortcodes.some((code) => code.startsWith(wanted))) return 1;
  if (name.split(/[\s-]+/).some((word) => word.startsWith(wanted))) return 2;
  if (tags.some((tag) => tag.toLowerCase().startsWith(wanted))) return 3;
  return shortcodes.some((code) => code.includes(wanted)) || name.includes(wanted) ? 4 : null;
}
