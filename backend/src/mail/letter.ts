import { escapeHtml } from "../html/escape";

/** One mail, ready to go. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Beyond those that every mail has, by name. */
  headers?: Readonly<Record<string, string>>;
}

/** Something that a mail lists. */
export interface Line {
  title: string;
  text: string;
  url: string;
}

interface Content {
  subject: string;
  /** In plain words; each becomes a paragraph. */
  paragraphs: string[];
  /** Below the paragraphs. */
  sections?: { heading: string; lines: Line[] }[];
  /** What to press, and where it leads. */
  action?: { label: string; url: string };
  /** Below the action, in small print. */
  footnote?: string;
  /** Below that, in small print too. */
  exit?: { label: string; url: string };
}

/** A header is one line: what people chose as their name may hold anything. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Mail programs know no stylesheets: every rule stands where it holds. */
const style = {
  body: "margin:0;padding:32px 16px;background:#f8f9fb;font:15px/22px -apple-system,Segoe UI,Roboto,sans-serif;color:#1b1e27",
  card: "max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e3e5eb;border-radius:10px",
  mark: "margin:0 0 24px;font-weight:600",
  paragraph: "margin:0 0 16px",
  button:
    "display:inline-block;padding:10px 18px;background:#4f46e5;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600",
  address: "color:#4f46e5;overflow-wrap:anywhere;word-break:break-all",
  heading: "margin:24px 0 8px;font-size:15px;line-height:22px",
  line: "margin:0 0 12px;padding-left:12px;border-left:3px solid #e3e5eb;overflow-wrap:anywhere",
  link: "color:#4f46e5;text-decoration:none;font-weight:600",
  small: "margin:24px 0 0;font-size:13px;line-height:18px;color:#5b6070",
};

const anchor = (rule: string, url: string, label: string): string =>
  `<a style="${rule}" href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;

const lineText = ({ title, text, url }: Line): string => [`- ${title}`, ...(text ? [text] : []), url].join("\n  ");
const lineHtml = ({ title, text, url }: Line): string =>
  `<p style="${style.line}">${anchor(style.link, url, title)}${text && `<br>${escapeHtml(text)}`}</p>`;

/** Writes a mail as text and as HTML of the same words. */
export function writeLetter(
  to: string,
  { subject, paragraphs, sections = [], action, footnote, exit }: Content,
): Letter {
  const text = [
    ...paragraphs,
    ...sections.map(({ heading, lines }) => [heading, ...lines.map(lineText)].join("\n\n")),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(footnote ? [footnote] : []),
    ...(exit ? [`${exit.label}:\n${exit.url}`] : []),
  ];
  const lists = sections.map(
    ({ heading, lines }) =>
      `<h2 style="${style.heading}">${escapeHtml(heading)}</h2>\n${lines.map(lineHtml).join("\n")}`,
  );
  const button = action
    ? `<p style="${style.paragraph}"><a style="${style.button}" href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>
<p style="${style.small}">Or open this address:<br><a style="${style.address}" href="${escapeHtml(action.url)}">${escapeHtml(action.url)}</a></p>`
    : "";
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="${style.body}"><div style="${style.card}"><p style="${style.mark}">ConnectBest Chat</p>
${paragraphs.map((paragraph) => `<p style="${style.paragraph}">${escapeHtml(paragraph)}</p>`).join("\n")}
${lists.join("\n")}
${button}
${footnote ? `<p style="${style.small}">${escapeHtml(footnote)}</p>` : ""}
${exit ? `<p style="${style.small}">${anchor(style.address, exit.url, exit.label)}</p>` : ""}</div></body></html>`;
  return { to, subject: oneLine(subject), text: `${text.join("\n\n")}\n`, html };
}
