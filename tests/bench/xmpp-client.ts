import { on } from "node:events";
import type { WebSocket } from "ws";
import { opened } from "./listeners";

const framing = "xmlns='urn:ietf:params:xml:ns:xmpp-framing'";

/** Sends a stanza and waits for a frame that holds `sign`. @throws when it is refused, or not answered within 10 s */
async function exchange(socket: WebSocket, stanza: string, sign: string): Promise<void> {
  const frames = on(socket, "message", { signal: AbortSignal.timeout(10_000), close: ["close"] });
  socket.send(stanza);
  for await (const [data] of frames) {
    const frame = String(data);
    if (frame.includes(sign)) return;
    if (/^<(failure|close)|type='error'/.test(frame)) throw new Error(`${stanza} was answered ${frame}`);
  }
  throw new Error(`The connection ended after ${stanza}`);
}

/** Signs in to an XMPP server over WebSocket (RFC 7395): SASL PLAIN, then a resource is bound (RFC 6120). */
export async function signedIn(url: string, domain: string, user: string, password: string): Promise<WebSocket> {
  const socket = await opened(url, "xmpp");
  const open = `<open ${framing} to='${domain}' version='1.0'/>`;
  const credentials = Buffer.from(`\0${user}\0${password}`).toString("base64");
  await exchange(socket, open, "<stream:features");
  await exchange(
    socket,
    `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${credentials}</auth>`,
    "<success",
  );
  await exchange(socket, open, "<stream:features");
  await exchange(
    socket,
    "<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
    "<jid>",
  );
  return socket;
}

/** Enters a room (XEP-0045), asking for nothing of what was said before, and waits to be told so (status 110). */
export const join = (socket: WebSocket, room: string, nick: string): Promise<void> =>
  exchange(
    socket,
    `<presence xmlns='jabber:client' to='${room}/${nick}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`,
    "<status code='110'/>",
  );

/** @param body without characters that XML would have escaped */
export const groupMessage = (room: string, body: string): string =>
  `<message xmlns='jabber:client' to='${room}' type='groupchat'><body>${body}</body></message>`;

/**
 * The body of the message that a frame brings from a room; none for any other frame (presence, error, subject).
 * Without the archive's mark (`stanza-id`, XEP-0359) a message does not count, so that a room which keeps nothing shows.
 */
export function archivedBodies(frame: string): string[] {
  const tag = frame.slice(0, frame.indexOf(">"));
  if (!tag.startsWith("<message ") || !tag.includes(" type='groupchat'") || !frame.includes("<stanza-id ")) return [];
  return /<body>([^<]*)<\/body>/.exec(frame)?.slice(1) ?? [];
}
