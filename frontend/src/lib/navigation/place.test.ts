import {
  channelPath,
  directMessagePath,
  homePath,
  isId,
  messageAddress,
  permalinkOf,
  placeAt,
  spotAddress,
  viewPath,
  views,
} from "./place";

test("an address and its place are two ways to say the same", () => {
  expect(placeAt(homePath)).toEqual({ kind: "home" });
  expect(placeAt(channelPath("c1"))).toEqual({ kind: "channel", channelId: "c1" });
  expect(placeAt(directMessagePath("u1"))).toEqual({ kind: "dm", userId: "u1" });
  for (const view of views) expect(placeAt(viewPath(view))).toEqual({ kind: "view", view });
});

test("no page has a name that a conversation could have", () => {
  expect(views.some(isId)).toBe(false);
  expect(views).not.toContain("dm");
});

test("a message is found in its channel, a reply in its thread", () => {
  const message = { id: "m1", channelId: "c1", parentMessageId: null };
  expect(messageAddress(message)).toBe("/chat/c1?message=m1");
  expect(messageAddress({ ...message, parentMessageId: "m0" })).toBe("/chat/c1?thread=m0&message=m1");
  expect(placeAt(new URL(messageAddress(message), "https://chat.example").pathname)).toEqual({
    kind: "channel",
    channelId: "c1",
  });
});

test("for others it has the name of this server", () => {
  Object.assign(globalThis, { location: new URL("https://chat.example/chat/c2?thread=m9") });
  expect(permalinkOf({ id: "m1", channelId: "c1", parentMessageId: null })).toBe(
    "https://chat.example/chat/c1?message=m1",
  );
  Reflect.deleteProperty(globalThis, "location");
});

test("where something is written has an address too", () => {
  expect(spotAddress({ channelId: "c1", parentMessageId: null })).toBe("/chat/c1");
  expect(spotAddress({ channelId: "c1", parentMessageId: "m0" })).toBe("/chat/c1?thread=m0");
});

test("ids are ids", () => {
  expect(isId("0123456789abcdef01234567")).toBe(true);
  expect(isId("0123456789ABCDEF01234567")).toBe(false);
  expect(isId("../login")).toBe(false);
});
