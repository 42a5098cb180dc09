import { newClientMessageId } from "./message-key";

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("is a random UUID", () => {
  expect(newClientMessageId()).toMatch(version4);
});

test("is one too where the page came over plain http", () => {
  const insecure = { getRandomValues: (bytes: Uint8Array) => crypto.getRandomValues(bytes) } as unknown as Crypto;
  const keys = Array.from({ length: 200 }, () => newClientMessageId(insecure));
  for (const key of keys) expect(key).toMatch(version4);
  expect(new Set(keys).size).toBe(200);
});
