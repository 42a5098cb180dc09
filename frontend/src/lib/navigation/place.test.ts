import { channelPath, directMessagePath, homePath, isId, placeAt } from "./place";

test("an address and its place are two ways to say the same", () => {
  expect(placeAt(homePath)).toEqual({ kind: "home" });
  expect(placeAt(channelPath("c1"))).toEqual({ kind: "channel", channelId: "c1" });
  expect(placeAt(directMessagePath("u1"))).toEqual({ kind: "dm", userId: "u1" });
});

test("ids are ids", () => {
  expect(isId("0123456789abcdef01234567")).toBe(true);
  expect(isId("0123456789ABCDEF01234567")).toBe(false);
  expect(isId("../login")).toBe(false);
});
