import { textOf } from "@/lib/text/server-text";
import { speak } from "@/lib/text/spoken";
import { translator } from "@/lib/text/translate";
import { ApiError, noAnswer, sentenceOf } from "./api-error";

const globals = globalThis as Record<string, unknown>;
const refused = new ApiError("A channel has this name already.", 409, "conflict");

const readIn = (language: "en" | "de") => {
  const t = translator(language, textOf(language, "ui").messages);
  speak(t);
  return t;
};

// A server speaks to many at once: only a browser remembers its reader.
beforeAll(() => (globals["window"] = {}));
afterAll(() => Reflect.deleteProperty(globals, "window"));

test("before anything is spoken, failures are said in English", () => {
  expect(sentenceOf(refused)).toBe("A channel has this name already.");
  expect(sentenceOf(noAnswer())).toMatch(/^The server cannot be reached/);
  expect(sentenceOf(new TypeError("x is not a function"))).toMatch(/^Something went wrong/);
});

test("who reads English is told what the server says", () => {
  const t = readIn("en");
  expect(sentenceOf(refused)).toBe("A channel has this name already.");
  expect(sentenceOf(noAnswer())).toBe(t("error.network"));
});

test("who reads another language is told by the failure's code", () => {
  const t = readIn("de");
  expect(sentenceOf(refused)).toBe(t("error.conflict"));
  expect(sentenceOf(noAnswer())).toBe(t("error.network"));
  expect(sentenceOf(new Error("whatever"))).toBe(t("error.unknown"));
});
