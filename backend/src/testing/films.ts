/** A box of an ISO base media file. */
export function mp4Box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
}

/** `tkhd`, version 0. */
export function trackHeader(width: number, height: number, isTurned = false): Buffer {
  const content = Buffer.alloc(84);
  const matrix = isTurned ? [0, 1, 0, -1, 0, 0, 0, 0, 0x4000] : [1, 0, 0, 0, 1, 0, 0, 0, 0x4000];
  matrix.forEach((value, i) => content.writeInt32BE(value * 0x10000, 40 + i * 4));
  content.writeUInt16BE(width, 76);
  content.writeUInt16BE(height, 80);
  return mp4Box("tkhd", content);
}

/** A film of so many pixels of which there is nothing to see; without pixels a sound of which there is nothing to hear. */
export const mp4 = ({
  width,
  height,
  isTurned = false,
}: {
  width: number;
  height: number;
  isTurned?: boolean;
}): Buffer =>
  Buffer.concat([
    mp4Box("ftyp", Buffer.from("isom\0\0\0\0isomiso2")),
    mp4Box(
      "moov",
      Buffer.concat([mp4Box("trak", trackHeader(0, 0)), mp4Box("trak", trackHeader(width, height, isTurned))]),
    ),
    mp4Box("mdat", Buffer.alloc(1000, 0x80)),
  ]);

/** An element of EBML; `null` leaves its length open, as live recordings do. */
export function ebml(id: number, content: Buffer, length: number | null = content.length): Buffer {
  const hex = id.toString(16);
  const size = Buffer.alloc(8, 0xff);
  if (length === null) size[0] = 0x01;
  else size.writeBigUInt64BE(BigInt(length) | 0x0100000000000000n);
  return Buffer.concat([Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex"), size, content]);
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};

/** The same as WebM. */
export function webm(size: { width: number; height: number } | null, { isLive = false } = {}): Buffer {
  const video = size && ebml(0xe0, Buffer.concat([ebml(0xb0, number(size.width)), ebml(0xba, number(size.height))]));
  const track = ebml(0xae, Buffer.concat([ebml(0xd7, Buffer.from([1])), ...(video ? [video] : [])]));
  const body = Buffer.concat([
    ebml(0xec, Buffer.alloc(50)),
    ebml(0x1654ae6b, track),
    ebml(0x1f43b675, Buffer.alloc(100)),
  ]);
  const head = ebml(0x1a45dfa3, ebml(0x4282, Buffer.from("webm")));
  return Buffer.concat([head, ebml(0x18538067, body, isLive ? null : body.length)]);
}
