import type { Message } from "@connectbest/contract";
import { escapeHtml } from "../../html/escape";

/** A page that works without a network, a program or this product. */
export const pageHead = (name: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<title>What ${escapeHtml(name)} wrote</title>
<style>body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:15px/22px system-ui,sans-serif;color:#1b1e27}
article{border-top:1px solid #e3e5eb;padding:.75rem 0}small{color:#5b6070}p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0 0}</style>
</head><body><h1>What ${escapeHtml(name)} wrote</h1>
<p>Times are UTC. The same for programs: messages.json; beside it all else of yours: profile.json, channels.json, sessions.json and more.</p>
`;

export const pageMessage = (message: Message, channelName: string): string =>
  `<article><small><time>${escapeHtml(message.createdAt)}</time> in ${escapeHtml(channelName)}</small><p dir="auto">${escapeHtml(message.content)}</p></article>\n`;

export const pageFoot = "</body></html>\n";
