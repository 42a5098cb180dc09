import fc from "fast-check";
import { partsOf } from "./links";

const hrefs = (text: string) => partsOf(text).flatMap((part) => part.href ?? []);

test.each([
  ["see https://example.com/a?b=c#d now", "https://example.com/a?b=c#d"],
  ["(http://example.com/a).", "http://example.com/a"],
  ["https://en.example.org/wiki/Chat_(software), really", "https://en.example.org/wiki/Chat_(software)"],
  ["HTTPS://EXAMPLE.COM!", "HTTPS://EXAMPLE.COM"],
  ["<https://example.com/x>", "https://example.com/x"],
])("finds the address in %s", (text, href) => {
  expect(hrefs(text)).toEqual([href]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "http://",
  "https:// x",
  "ftp://example.com",
  "file:///etc/passwd",
])("%s is text", (text) => {
  expect(hrefs(text)).toEqual([]);
});

test("whatever is written is shown whole, and only the web is linked", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom("javascript:", "https://", "\"'><script>", "https://a.b/)"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(" ");
      const parts = partsOf(text);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      for (const { href } of parts) if (href !== null) expect(new URL(href).protocol).toMatch(/^https?:$/);
    }),
  );
});
