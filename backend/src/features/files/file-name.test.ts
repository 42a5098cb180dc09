import { cleanFileName, endingOf } from "./file-name";

describe("the name of a file", () => {
  it.each([
    ["report.pdf", "report.pdf"],
    ["  Übersicht 2026 (neu).xlsx ", "Übersicht 2026 (neu).xlsx"],
    ["報告 '最終'.docx", "報告 '最終'.docx"],
    ["👩‍💻 notes.md", "👩‍💻 notes.md"],
    ['He said "yes".txt', 'He said "yes".txt'],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows\\win.ini", "win.ini"],
    ["C:\\fakepath\\me.png", "me.png"],
    ["/", "file"],
    ["..", "file"],
    ["", "file"],
    ["   ", "file"],
    [".gitignore", ".gitignore"],
    ["a\r\nSet-Cookie: x=y.txt", "aSet-Cookie: x=y.txt"],
    ["a\0b.png", "ab.png"],
    ["photo\u202egnp.exe", "photognp.exe"],
    ["line\u2028break.txt", "linebreak.txt"],
    ["half \ud800.txt", "half \ufffd.txt"],
    ["e\u0301te\u0301.txt", "été.txt"],
    ["<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"],
  ])("%j becomes %j", (sent, name) => expect(cleanFileName(sent)).toBe(name));

  it("fits on every disk, and keeps its ending", () => {
    expect(cleanFileName(`${"x".repeat(1024)}.tar.gz`)).toBe(`${"x".repeat(252)}.gz`);
    const emoji = cleanFileName(`${"👩‍💻".repeat(200)}.png`);
    expect([Buffer.byteLength(emoji) <= 255, emoji.endsWith("👩‍💻.png")]).toEqual([true, true]);
    expect(Buffer.byteLength(cleanFileName(`a.${"b".repeat(1024)}`))).toBe(255);
    expect(Buffer.byteLength(cleanFileName("é".repeat(1024)))).toBe(254);
  });

  it("is clean once it has been cleaned", () => {
    for (const name of ["a/b\\c.txt", " .. ", "x".repeat(600), `${"y ".repeat(200)}.txt`])
      expect(cleanFileName(cleanFileName(name))).toBe(cleanFileName(name));
  });

  it("ends in what it says to be", () => {
    expect(["a.PNG", "a.tar.gz", "a", "a.", ".env"].map(endingOf)).toEqual(["png", "gz", "", "", "env"]);
  });
});
