import { seal, unseal } from "./sealed-box";

const [one, two] = [{ ENCRYPTION_KEY: "the first key of the test" }, { ENCRYPTION_KEY: "the second key of the test" }];

describe("a sealed text", () => {
  it("opens with its key and context, and never looks the same twice", () => {
    const sealed = seal("JBSWY3DPEHPK3PXP", "user 1", one);
    expect(sealed).not.toContain("JBSW");
    expect(seal("JBSWY3DPEHPK3PXP", "user 1", one)).not.toBe(sealed);
    expect(unseal(sealed, "user 1", one)).toBe("JBSWY3DPEHPK3PXP");
  });

  it("does not open with another key, in another place, or changed", () => {
    const sealed = seal("text", "user 1", one);
    expect(() => unseal(sealed, "user 1", two)).toThrow("ENCRYPTION_KEY");
    expect(() => unseal(sealed, "user 2", one)).toThrow();
    const [mark, nonce, text = "", tag] = sealed.split(".");
    const changed = [mark, nonce, text.replace(/^./, (c) => (c === "A" ? "B" : "A")), tag].join(".");
    expect(() => unseal(changed, "user 1", one)).toThrow();
    expect(() => unseal("rubbish", "user 1", one)).toThrow();
    // Four bytes of the tag are right, and could be guessed.
    expect(() => unseal([mark, nonce, text, tag?.slice(0, 6)].join("."), "user 1", one)).toThrow();
  });

  it("opens after a change of keys", () => {
    const sealed = seal("text", "user 1", one);
    expect(unseal(sealed, "user 1", { ...two, ENCRYPTION_KEY_PREVIOUS: one.ENCRYPTION_KEY })).toBe("text");
  });
});
