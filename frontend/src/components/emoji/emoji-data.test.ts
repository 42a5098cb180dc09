import { Emoji as WireEmoji } from "@connectbest/contract";
import { inTone, loadEmoji, searchEmoji } from "./emoji-data";
import type { Emoji } from "./emoji-data";

const found = async (text: string, language: "en" | "de" = "en") =>
  searchEmoji(await loadEmoji(language), text, 5).map(({ character }) => character);
const named = async (shortcode: string): Promise<Emoji> => {
  const emoji = (await loadEmoji("en")).all.find(({ shortcodes }) => shortcodes.includes(shortcode));
  if (!emoji) throw new Error(`There is no :${shortcode}:.`);
  return emoji;
};

test.each(["en", "de"] as const)(
  "in %s every group has emoji and a name, and every emoji has one group",
  async (language) => {
    const { groups, all } = await loadEmoji(language);
    expect(groups.length).toBeGreaterThan(7);
    expect(groups.filter(({ emoji, label }) => emoji.length === 0 || label === "")).toEqual([]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
    const grouped = groups.flatMap(({ emoji }) => emoji);
    expect(new Set(grouped).size).toBe(grouped.length);
    expect(all.length).toBeGreaterThan(1_500);
    expect(new Set(grouped.map(({ character }) => character)).size).toBe(grouped.length);
  },
);

test("both languages know the same emoji, by names of their own", async () => {
  const [en, de] = [await loadEmoji("en"), await loadEmoji("de")];
  expect(new Set(de.all.map(({ character }) => character))).toEqual(new Set(en.all.map(({ character }) => character)));
  expect(de.groups.map(({ label }) => label)).not.toEqual(en.groups.map(({ label }) => label));
});

test("every one of them, in every tone, is one that the server takes", async () => {
  const { all } = await loadEmoji("en");
  const refused = all
    .flatMap(({ character, tones }) => [character, ...tones])
    .filter((character) => !WireEmoji.safeParse(character).success);
  expect(refused).toEqual([]);
});

test("skin comes in five tones, lightest first; what has no skin in none", async () => {
  const thumb = await named("+1");
  expect(thumb.tones).toEqual(["👍🏻", "👍🏼", "👍🏽", "👍🏾", "👍🏿"]);
  expect([0, 1, 5].map((tone) => inTone(thumb, tone))).toEqual(["👍", "👍🏻", "👍🏿"]);
  const tada = await named("tada");
  expect(tada.tones).toEqual([]);
  expect(inTone(tada, 5)).toBe("🎉");
});

test("are found by shortcode first, then by a word of the name or a tag", async () => {
  expect((await found("tada"))[0]).toBe("🎉");
  expect((await found(":+1:"))[0]).toBe("👍");
  expect((await found("Rocket"))[0]).toBe("🚀");
  expect(await found("woohoo")).toContain("🎉");
  expect((await found("rakete", "de"))[0]).toBe("🚀");
});

test("nothing finds nothing, and no more than wanted are found", async () => {
  expect(await found("")).toEqual([]);
  expect(await found("  :: ")).toEqual([]);
  expect(await found("qqqqq")).toEqual([]);
  expect(await found("a")).toHaveLength(5);
});

test("the data is read once", async () => {
  expect(await loadEmoji("en")).toBe(await loadEmoji("en"));
});
