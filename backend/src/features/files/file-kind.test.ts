import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { isLie, isShown, sniff } from "./file-kind";

const page = "<!doctype html><script>alert(1)</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
const small = sharp({ create: { width: 4, height: 4, channels: 3, background: "#336699" } });
const text = (value: string) => Buffer.from(value);
const wav = Buffer.concat([text("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0"), Buffer.alloc(24, 1)]);
const box = (type: string, brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), text(type + brand), Buffer.alloc(12)]);

describe("what the first bytes say", () => {
  it.each([
    ["JPEG", () => small.clone().jpeg().toBuffer(), "picture", "image/jpeg"],
    ["PNG", () => small.clone().png().toBuffer(), "picture", "image/png"],
    ["GIF", () => small.clone().gif().toBuffer(), "picture", "image/gif"],
    ["WebP", () => small.clone().webp().toBuffer(), "picture", "image/webp"],
    ["AVIF", () => small.clone().avif().toBuffer(), "picture", "image/avif"],
    ["TIFF", () => small.clone().tiff().toBuffer(), "other picture", "image/tiff"],
    ["HEIC", () => box("ftyp", "heic"), "other picture", "image/heic"],
    ["MP4", () => box("ftyp", "isom"), "media", "video/mp4"],
    ["M4A", () => box("ftyp", "M4A "), "media", "audio/mp4"],
    ["QuickTime", () => box("ftyp", "qt  "), "media", "video/quicktime"],
    ["3GP", () => box("ftyp", "3gp4"), "other media", "video/3gpp"],
    ["WAV", () => wav, "media", "audio/wav"],
    [
      "MP3 with a tag",
      () => Buffer.concat([text("ID3\x04\0\0\0\0\0\x0a"), Buffer.alloc(40, 0xff)]),
      "media",
      "audio/mpeg",
    ],
    [
      "Ogg",
      () => Buffer.concat([text("OggS\0\x02"), Buffer.alloc(22), text("\x01vorbis"), Buffer.alloc(40)]),
      "media",
      "audio/ogg",
    ],
    ["FLAC", () => Buffer.concat([text("fLaC"), Buffer.alloc(40)]), "media", "audio/flac"],
    ["PDF", () => Buffer.concat([text("%PDF-1.7\n"), Buffer.from([0xe2, 0xe3, 0xcf])]), "other", "application/pdf"],
    ["PDF that is all text", () => text("%PDF-1.4\n%<script>"), "other", "application/pdf"],
    ["ZIP", () => Buffer.concat([text("PK\x03\x04"), Buffer.alloc(40)]), "other", "application/zip"],
    ["a program", () => Buffer.concat([text("\x7fELF"), Buffer.alloc(60)]), "other", "application/x-elf"],
    ["HTML", () => text(page), "text", "text/plain"],
    ["SVG", () => text(svg), "text", "text/plain"],
    ["SVG behind an XML declaration", () => text(`<?xml version="1.0"?>${svg}`), "text", "text/plain"],
    ["CSV", () => text("name,age\nJosé,44\n"), "text", "text/plain"],
    ["TypeScript", () => text("export const x = 1;\r\n\tx++;\f"), "text", "text/plain"],
    ["text in any script, cut in a character", () => text("報告").subarray(0, 5), "text", "text/plain"],
    ["text that begins like a picture", () => text("GIF89a=1;alert(1)//"), "text", "text/plain"],
    ["text that begins like a sound", () => text("ID3 tags explained"), "text", "text/plain"],
    ["text that begins like a bitmap", () => text("BMW is a make of car"), "text", "text/plain"],
    ["Latin-1", () => Buffer.from("caf\u00e9 au lait", "latin1"), "unknown", "application/octet-stream"],
    ["noise", () => deflateSync(Buffer.alloc(50)), "unknown", "application/octet-stream"],
    ["nothing", () => Buffer.alloc(0), "text", "text/plain"],
  ])("%s", async (_, make, kind, type) => {
    expect(await sniff(await make())).toEqual({ kind, type });
  });

  it("opens nothing in a page but pictures, sound and film", () => {
    const opened = [
      "image/jpeg",
      "image/avif",
      "audio/wav",
      "audio/webm",
      "video/mp4",
      "video/quicktime",
      "video/webm",
    ];
    const saved = ["text/plain", "text/html", "image/svg+xml", "application/pdf", "image/tiff", "video/3gpp", ""];
    expect([opened.filter(isShown), saved.filter(isShown)]).toEqual([opened, []]);
  });
});

describe("a lie", () => {
  it.each([
    // name, declared, found, is it one?
    ["me.png", "image/png", "picture", false],
    ["me.png", "image/jpeg", "picture", false],
    ["me.jpg", "image/jpeg", "other picture", false],
    ["me.png", "image/png", "text", true],
    ["ME.PNG", "application/octet-stream", "text", true],
    ["me", "image/png; charset=x", "text", true],
    ["me.png", "image/png", "other", true],
    ["me.png", "image/png", "media", true],
    ["me.png", "image/png", "unknown", true],
    ["film.mp4", "video/mp4", "media", false],
    ["film.mp4", "video/mp4", "other media", false],
    ["song.mp3", "audio/mpeg", "unknown", false],
    ["film.mp4", "video/mp4", "text", true],
    ["film.mp4", "video/mp4", "picture", true],
    ["song.wav", "", "other", true],
    // What is saved, and never opened, may be called anything.
    ["x.svg", "image/svg+xml", "text", false],
    ["page.html", "text/html", "picture", false],
    ["page.html", "text/html", "text", false],
    ["main.ts", "video/mp2t", "text", false],
    ["scan.tiff", "image/tiff", "unknown", false],
    ["report.pdf", "application/pdf", "text", false],
    ["png", "", "text", false],
    ["archive.png.zip", "application/zip", "other", false],
  ] as const)("%s declared %s, found to be %s: %s", (name, declaredType, found, lie) => {
    expect(isLie({ name, declaredType }, found)).toBe(lie);
  });
});
