import { contentDisposition } from "./content-disposition";

describe("the name of a file in a header", () => {
  it.each([
    ["report.pdf", `filename="report.pdf"`],
    ["a b's (1).txt", `filename="a b's (1).txt"`],
    ["naïve.txt", `filename="na_ve.txt"; filename*=UTF-8''na%C3%AFve.txt`],
    ["報告.pdf", `filename="__.pdf"; filename*=UTF-8''%E5%A0%B1%E5%91%8A.pdf`],
    ["👩‍💻.png", `filename="___.png"; filename*=UTF-8''%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB.png`],
    [`a"b\\c.txt`, `filename="a_b_c.txt"; filename*=UTF-8''a%22b%5Cc.txt`],
    ["a\r\nSet-Cookie: x=y", `filename="a__Set-Cookie: x=y"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3Dy`],
    ["../x", `filename=".._x"; filename*=UTF-8''..%2Fx`],
    ["50%41.txt", `filename="50_41.txt"; filename*=UTF-8''50%2541.txt`],
    ["ä'(*)", `filename="_'(*)"; filename*=UTF-8''%C3%A4%27%28%2A%29`],
    ["half \ud800", `filename="half _"; filename*=UTF-8''half%20%EF%BF%BD`],
  ])("%j", (name, expected) => {
    expect(contentDisposition("attachment", name)).toBe(`attachment; ${expected}`);
  });

  it("is one that Node sends, whatever it is", () => {
    for (let code = 0; code < 0x300; code++)
      expect(contentDisposition("inline", `a${String.fromCharCode(code)}b`)).toMatch(/^[\x20-\x7e]+$/);
  });
});
