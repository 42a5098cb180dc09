import type { LinkPreview } from "@connectbest/contract";
import { Parser } from "htmlparser2";

const wanted = new Map([
  ["og:title", "title"],
  ["twitter:title", "title"],
  ["og:description", "description"],
  ["twitter:description", "description"],
  ["description", "description"],
  ["og:site_name", "siteName"],
] as const);

/** One line, without controls or marks that turn the text around, of at most so many characters. */
const clean = (text: string, most: number): string =>
  [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, " ").trim()].slice(0, most).join("");

/** What a page says of itself in its head; `null` when it has no title. Read as text and shown as text: never as HTML. */
export function readPage(html: string, url: string): LinkPreview | null {
  const said: Record<string, string> = {};
  let title = "";
  let isInTitle = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "title" && title === "") isInTitle = true;
        if (name !== "meta") return;
        const key = wanted.get((attributes["property"] ?? attributes["name"] ?? "").toLowerCase() as "og:title");
        if (key && attributes["content"]) said[key] ??= attributes["content"];
      },
      ontext(text) {
        if (isInTitle && title.length < 1000) title += text;
      },
      onclosetag(name) {
        if (name === "title") isInTitle = false;
        if (name === "head") parser.pause();
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  const shown = clean(said["title"] ?? title, 200);
  if (shown === "") return null;
  return {
    url,
    title: shown,
    description: clean(said["description"] ?? "", 400) || null,
    siteName: clean(said["siteName"] ?? "", 100) || null,
  };
}
