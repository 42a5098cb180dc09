import compile from "icu-minify/compile";
import type { TextKey } from "./catalog";
import { translator } from "./translate";
import type { Language } from "./language";

/** A reader of one sentence. */
const read = (sentence: string, language: Language = "en") => {
  const t = translator(language, { sentence: compile(sentence) });
  const key = "sentence" as TextKey;
  return {
    plain: (values?: Parameters<typeof t>[1]) => t(key, values),
    rich: (values: Parameters<typeof t.rich>[1]) => t.rich(key, values),
  };
};

test("says a sentence, with what belongs in it", () => {
  expect(read("Hello.").plain()).toBe("Hello.");
  expect(read("{name} is typing…").plain({ name: "Ada" })).toBe("Ada is typing…");
});

test("what is put in is not read as a sentence", () => {
  expect(read("{name} is typing…").plain({ name: "{count} <b>'" })).toBe("{count} <b>' is typing…");
});

test("one and many, as each language counts and writes numbers", () => {
  const sentence = "{count, plural, =0 {none} one {# message} other {# messages}}";
  expect([0, 1, 1_200].map((count) => read(sentence).plain({ count }))).toEqual([
    "none",
    "1 message",
    "1,200 messages",
  ]);
  const german = read("{count, plural, one {# Nachricht} other {# Nachrichten}}", "de");
  expect([1, 1_200].map((count) => german.plain({ count }))).toEqual(["1 Nachricht", "1.200 Nachrichten"]);
});

test("chooses by a word", () => {
  const { plain } = read("{who, select, me {You} other {Somebody}} left.");
  expect([plain({ who: "me" }), plain({ who: "ada" })]).toEqual(["You left.", "Somebody left."]);
});

test("elements stand where the sentence has them", () => {
  const parts = read("Read the <link>rules of {place}</link> first.").rich({
    place: "Bern",
    link: (chunks) => `[${chunks.join("")}]`,
  });
  expect([parts].flat().join("")).toBe("Read the [rules of Bern] first.");
});

test("a sentence that is missing shows its name", () => {
  expect(translator("en", {})("no.such" as TextKey)).toBe("no.such");
});

test("knows in what language it speaks", () => {
  expect(translator("de", {}).language).toBe("de");
});
