/** A random UUID. `crypto.randomUUID` exists only on https and localhost; plain http on a home network has this. */
export function newClientMessageId(source: Crypto = crypto): string {
  if (typeof source.randomUUID === "function") return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40; // RFC 9562, 5.4: version 4
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80; // and the variant
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
