import { bytesOf } from "./bytes";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [1_449, "1.4 kB"],
  [25_400, "25 kB"],
  [999_499, "999 kB"],
  [999_999, "1 MB"],
  [1_400_000, "1.4 MB"],
  [3_000_000_000, "3 GB"],
  [5_000_000_000_000, "5,000 GB"],
])("%d is %s", (bytes, words) => {
  expect(bytesOf(bytes, "en")).toBe(words);
});

test("as the reader writes numbers", () => {
  expect(bytesOf(1_400_000, "de")).toMatch(/^1,4\sMB$/);
});
