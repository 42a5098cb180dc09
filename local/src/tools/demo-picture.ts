import { deflateSync, crc32 } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

const sky: readonly [Colour, Colour] = [
  [22, 24, 58],
  [112, 96, 190],
];
const sea: readonly [Colour, Colour] = [
  [38, 44, 96],
  [16, 18, 44],
];
const lamp: Colour = [255, 214, 130];
const white: Colour = [236, 232, 244];
const red: Colour = [196, 64, 78];
const rock: Colour = [12, 12, 30];

/** The colour of one place of the picture, both from 0 to 1: a lighthouse by night. */
function colourAt(x: number, y: number): Colour {
  const horizon = 0.72;
  const ground = y < horizon ? mix(...sky, y / horizon) : mix(...sea, (y - horizon) / (1 - horizon));
  const width = 0.018 + (y - 0.3) * 0.02;
  const isTower = Math.abs(x - 0.7) < width && y > 0.3 && y < 0.78;
  if (Math.abs(x - 0.7) < 0.016 && y > 0.24 && y <= 0.3) return lamp;
  if (isTower) return Math.floor((y - 0.3) / 0.08) % 2 === 0 ? white : red;
  if (y > 0.78 + Math.abs(x - 0.7) * 0.5 && Math.abs(x - 0.7) < 0.16) return rock;
  const isBeam = x < 0.68 && Math.abs(y - 0.27) < (0.68 - x) * 0.14;
  if (isBeam) return mix(ground, lamp, 0.5 * (1 - (0.68 - x)));
  const hash = Math.sin(Math.floor(x * 240) * 12.9898 + Math.floor(y * 120) * 78.233) * 43758.5453;
  return y < 0.6 && hash - Math.floor(hash) > 0.9985 ? white : ground;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A picture for the demo workspace, as PNG (https://www.w3.org/TR/png-3/): nothing to download, nobody's rights. */
export function drawPicture(width: number, height: number): Buffer<ArrayBuffer> {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set(
        colourAt(x / width, y / height).map((value) => Math.round(value)),
        y * (1 + width * 3) + 1 + x * 3,
      );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
