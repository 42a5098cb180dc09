import { Lexer, Tokenizer, Marked } from "marked";
import type { Token, Tokens } from "marked";

/** A piece of a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "strong" | "emphasis" | "struck"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] }
  /** `@name`: whether anybody is called so is for the reader's page to know. */
  | { readonly kind: "mention"; readonly name: string; readonly text: string }
  | { readonly kind: "channel"; readonly name: string };

/** A piece of a message. */
export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "heading"; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string | null; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "list"; readonly start: number | null; readonly items: readonly Item[] }
  | { readonly kind: "table"; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: "rule" };

export interface Item {
  /** Of a task: whether it is done. */
  readonly isDone: boolean | null;
  readonly blocks: readonly Block[];
}

export interface Cell {
  readonly align: "left" | "center" | "right" | null;
  readonly children: readonly Inline[];
}

/**
 * Markdown as people write it in a chat: GitHub's, but for what surprises there. Nothing is HTML: tags are the letters they
 * are written in. An indented line is no code, a line of dashes makes no heading, one tilde strikes nothing.
 */
class ChatTokenizer extends Tokenizer {
  private depth = 0;

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.deeper(() => super.blockquote(src));
  }
  override list(src: string): Tokens.List | undefined {
    return this.deeper(() => super.list(src));
  }
  override code(): undefined {
    return undefined;
  }
  override lheading(): undefined {
    return undefined;
  }
  override html(): undefined {
    return undefined;
  }
  override tag(): undefined {
    return undefined;
  }
  override def(): undefined {
    return undefined;
  }
  override del(...args: Parameters<Tokenizer["del"]>): Tokens.Del | undefined {
    return args[0].startsWith("~~") ? super.del(...args) : undefined;
  }

  /** Beyond `deepest` the marks are letters: a thousand `>` in a row would end in a full stack. */
  private deeper<Found>(find: () => Found): Found | undefined {
    if (this.depth >= deepest) return undefined;
    this.depth++;
    try {
      return find();
    } finally {
      this.depth--;
    }
  }
}

const defaults = new Marked({ gfm: true, breaks: true }).defaults;

/** Quotes and lists within each other. */
const deepest = 8;

/** What a message says, in pieces. Anything is a message: there is no wrong Markdown. */
export function blocksOf(content: string): Block[] {
  try {
    return blocks(new Lexer({ ...defaults, tokenizer: new ChatTokenizer() }).lex(content));
  } catch {
    // Whatever somebody found to confuse the parser with can be read as it is written.
    return [{ kind: "paragraph", children: [{ kind: "text", text: content }] }];
  }
}

const blocks = (tokens: readonly Token[]): Block[] => tokens.flatMap(block);

function block(token: Token): Block[] {
  switch (token.type) {
    case "space":
      return [];
    case "heading":
      return [{ kind: "heading", depth: (token as Tokens.Heading).depth, children: inlines(token.tokens ?? []) }];
    case "code": {
      const { text, lang } = token as Tokens.Code;
      return [{ kind: "code", text, language: lang?.trim().split(/\s/)[0]?.toLowerCase() || null }];
    }
    case "blockquote":
      return [{ kind: "quote", blocks: blocks(token.tokens ?? []) }];
    case "hr":
      return [{ kind: "rule" }];
    case "list":
      return [list(token as Tokens.List)];
    case "table":
      return [table(token as Tokens.Table)];
    case "paragraph":
    case "text":
      return [{ kind: "paragraph", children: inlines(token.tokens ?? [token]) }];
    default:
      return [plain(token.raw)];
  }
}

const plain = (text: string): Block => ({ kind: "paragraph", children: words(text.trim()) });

function list({ ordered, start, items }: Tokens.List): Block {
  return {
    kind: "list",
    start: ordered ? Number(start) || 1 : null,
    items: items.map(({ task, checked, tokens }) => ({
      isDone: task ? Boolean(checked) : null,
      blocks: blocks(tokens.filter(({ type }) => type !== "checkbox")),
    })),
  };
}

function table({ header, rows }: Tokens.Table): Block {
  const cell = ({ align, tokens }: Tokens.TableCell): Cell => ({ align, children: inlines(tokens) });
  return { kind: "table", head: header.map(cell), rows: rows.map((row) => row.map(cell)) };
}

function inlines(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap(inline);
}

function inline(token: Token): Inline[] {
  switch (token.type) {
    case "strong":
      return [{ kind: "strong", children: inlines(token.tokens ?? []) }];
    case "em":
      return [{ kind: "emphasis", children: inlines(token.tokens ?? []) }];
    case "del":
      return [{ kind: "struck", children: inlines(token.tokens ?? []) }];
    case "codespan":
      return [{ kind: "code", text: (token as Tokens.Codespan).text }];
    case "br":
      return [{ kind: "break" }];
    case "link":
      return link(token as Tokens.Link);
    // A picture from elsewhere would tell its server who reads: it is a link to it.
    case "image": {
      const { href, text } = token as Tokens.Image;
      const address = safeAddress(href);
      return address
        ? [{ kind: "link", href: address, children: [{ kind: "text", text: text || href }] }]
        : words(token.raw);
    }
    case "escape":
      return [{ kind: "text", text: (token as Tokens.Escape).text }];
    case "text":
      return token.tokens ? inlines(token.tokens) : words((token as Tokens.Text).raw);
    default:
      return words(token.raw);
  }
}

function link({ href, tokens, raw }: Tokens.Link): Inline[] {
  const address = safeAddress(href);
  if (!address) return words(raw);
  return [{ kind: "link", href: address, children: withoutLinks(inlines(tokens)) }];
}

/** A link in a link is nothing that a browser could show. */
const withoutLinks = (children: readonly Inline[]): Inline[] =>
  children.flatMap((child) => {
    if (child.kind === "link") return withoutLinks(child.children);
    if (child.kind === "mention") return [{ kind: "text", text: child.text }];
    if (child.kind === "channel") return [{ kind: "text", text: `#${child.name}` }];
    return "children" in child ? [{ ...child, children: withoutLinks(child.children) }] : [child];
  });

const schemes = new Set(["http:", "https:", "mailto:"]);

/** The address if it may be followed: to the web or into the mail, and nowhere else. */
export function safeAddress(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const { protocol, hostname } = new URL(href);
  return schemes.has(protocol) && (protocol === "mailto:" || hostname.length > 0) ? href : null;
}

/** As the server finds those whom a message calls (backend: `callsIn`), and channels in the same way. */
const called =
  /(?<![\p{L}\p{N}_.@#/-])(?:@(?<name>[\p{L}\p{N}][\p{L}\p{N}._-]*)|#(?<channel>[a-z][a-z0-9-]{1,49})(?![\p{L}\p{N}_]))/gu;

/** Plain words, cut at the names of people and channels in them. */
function words(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(called)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    const { name, channel } = match.groups ?? {};
    if (channel) parts.push({ kind: "channel", name: channel });
    else parts.push({ kind: "mention", name: (name ?? "").toLowerCase(), text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}
