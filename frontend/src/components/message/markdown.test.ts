import { blocksOf, safeAddress } from "./markdown";

const one = (content: string) => {
  const [block] = blocksOf(content);
  return block && "children" in block ? block.children : block;
};

test("is what people know: emphasis, code, links, quotes, lists, tables", () => {
  expect(one("**bold** _em_ ~~gone~~ `a < b`")).toEqual([
    { kind: "strong", children: [{ kind: "text", text: "bold" }] },
    { kind: "text", text: " " },
    { kind: "emphasis", children: [{ kind: "text", text: "em" }] },
    { kind: "text", text: " " },
    { kind: "struck", children: [{ kind: "text", text: "gone" }] },
    { kind: "text", text: " " },
    { kind: "code", text: "a < b" },
  ]);
  expect(
    blocksOf("> said\n\n1. one\n2. two\n\n- [x] done\n\n```ts\nlet a;\n```\n\n|a|b|\n|-|-:|\n|1|2|"),
  ).toMatchObject([
    { kind: "quote", blocks: [{ kind: "paragraph" }] },
    { kind: "list", start: 1, items: [{ isDone: null }, { isDone: null }] },
    { kind: "list", start: null, items: [{ isDone: true, blocks: [{ kind: "paragraph" }] }] },
    { kind: "code", language: "ts", text: "let a;" },
    { kind: "table", head: [{ align: null }, { align: "right" }], rows: [[{}, {}]] },
  ]);
});

test("a line break is a line break", () => {
  expect(one("one\ntwo")).toEqual([{ kind: "text", text: "one" }, { kind: "break" }, { kind: "text", text: "two" }]);
});

test.each(["<b>x</b>", "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- x -->", "&lt;b&gt;"])(
  "%s is the letters it is written in",
  (content) => {
    const text = JSON.stringify(blocksOf(content)).replaceAll('\\"', '"');
    expect(text).toContain(content);
  },
);

test("what surprises in a chat is left out", () => {
  expect(blocksOf("    indented")).toMatchObject([{ kind: "paragraph" }]);
  expect(blocksOf("Title\n---")).toMatchObject([{ kind: "paragraph" }, { kind: "rule" }]);
  expect(one("from ~5 to ~6")).toEqual([{ kind: "text", text: "from ~5 to ~6" }]);
  expect(one("[a]: https://example.com")).toMatchObject([{ kind: "text" }, { kind: "link" }]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "//example.com",
  "/chat",
  "x",
])("%s is no address to follow", (href) => {
  expect(safeAddress(href)).toBeNull();
  expect(JSON.stringify(blocksOf(`[click](${href}) ![x](${href})`))).not.toContain('"link"');
});

test("addresses of the web and of mail are links, as written and in words", () => {
  expect(one("see https://example.com/a_b. Or [this](https://example.com/?q=1&r=2), ada@example.com")).toMatchObject([
    { text: "see " },
    { kind: "link", href: "https://example.com/a_b" },
    { text: ". Or " },
    { kind: "link", href: "https://example.com/?q=1&r=2" },
    { text: ", " },
    { kind: "link", href: "mailto:ada@example.com" },
  ]);
});

test("names of people and channels are found where the server finds them", () => {
  expect(one("hi @ada, see #launch (@bob.b) a@b.c x#y `@code`")).toMatchObject([
    { text: "hi " },
    { kind: "mention", name: "ada", text: "@ada" },
    { text: ", see " },
    { kind: "channel", name: "launch" },
    { text: " (" },
    { kind: "mention", name: "bob.b" },
    { text: ") " },
    { kind: "link" },
    { text: " x#y " },
    { kind: "code" },
  ]);
});

test("a flood of marks is shown, quickly", () => {
  const marks = [
    ">",
    "> ",
    "*",
    "**a ",
    "_a",
    "[",
    "![",
    "`",
    "- ",
    "1. ",
    "|",
    "|-",
    "~~",
    "<",
    "\\",
    "#",
    "http://",
    "@a",
    "a*b_",
  ];
  const floods = marks.flatMap((mark) => [
    mark.repeat(5000 / mark.length),
    `${mark}x\n`.repeat(5000 / (mark.length + 2)),
  ]);
  for (const content of floods) {
    const started = performance.now();
    expect(JSON.stringify(blocksOf(content)).length).toBeGreaterThan(10);
    expect(performance.now() - started).toBeLessThan(500);
  }
});
