import { escapeHtml } from "../html/escape";

/** One mail, ready to go. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
}

interface Content {
  subject: string;
  /** In plain words; each becomes a paragraph. */
  paragraphs: string[];
  /** What to press, and where it leads. */
  action?: { label: string; url: string };
  /** Below the action, in small print. */
  footnote?: string;
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
  small: "margin:24px 0 0;font-size:13px;line-height:18px;color:#5b6070",
};

/** Writes a mail as text and as HTML of the same words. */
export function writeLetter(to: string, { subject, paragraphs, action, footnote }: Content): Letter {
  const text = [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), ...(footnote ? [footnote] : [])];
  const button = action
    ? `<p style="${style.paragraph}"><a style="${style.button}" href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>
<p style="${style.small}">Or open this address:<br><a style="${style.address}" href="${escapeHtml(action.url)}">${escapeHtml(action.url)}</a></p>`
    : "";
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="${style.body}"><div style="${style.card}"><p style="${style.mark}">ConnectBest Chat</p>
${paragraphs.map((paragraph) => `<p style="${style.paragraph}">${escapeHtml(paragraph)}</p>`).join("\n")}
${button}
${footnote ? `<p style="${style.small}">${escapeHtml(footnote)}</p>` : ""}</div></body></html>`;
  return { to, subject: oneLine(subject), text: `${text.join("\n\n")}\n`, html };
}
