import { randomBytes } from "node:crypto";
import type { Letter } from "./letter";

/** What a header holds as it is; the rest, and what would be read as encoded, goes encoded. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text) && !text.includes("=?");
/** Bytes in one encoded word: a line that holds one may have 76 characters. https://www.rfc-editor.org/rfc/rfc2047#section-2 */
const wordLength = 39;

/** A header's text in encoded words, none of which cuts a character in half. */
function encodeText(text: string): string {
  if (isPlain(text)) return text;
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > wordLength) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString("base64")}?=`).join("\r\n ");
}

/** `Name <address>` with its name encoded where that is needed. */
function encodeSender(sender: string): string {
  const [, name, address] = /^(.*?)\s*(<[^<>]+>)$/.exec(sender) ?? [];
  return name && address ? `${encodeText(name)} ${address}` : sender;
}

/** One form of the words, in lines of 76 characters. */
const part = (type: string, words: string): string =>
  [
    `Content-Type: ${type}; charset=utf-8`,
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(words).toString("base64").replace(/.{76}/g, "$&\r\n"),
  ].join("\r\n");

/** No value, wherever it comes from, becomes a header of its own. */
const onOneLine = (value: string): string => value.replace(/[\r\n]+/g, " ");

/** A letter as it travels: both forms of its words, and headers of its own. https://www.rfc-editor.org/rfc/rfc5322 */
export function writeMime(from: string, { to, subject, text, html, headers = {} }: Letter): string {
  const boundary = `=_${randomBytes(12).toString("hex")}`;
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${onOneLine(value)}`);
  return [
    `From: ${encodeSender(onOneLine(from))}`,
    `To: ${onOneLine(to)}`,
    `Subject: ${encodeText(onOneLine(subject))}`,
    ...own,
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    part("text/plain", text),
    `--${boundary}`,
    part("text/html", html),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}
