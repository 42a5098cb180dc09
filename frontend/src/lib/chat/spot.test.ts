import { channelId, id } from "@/testing/factories";
import { channelSpot, spotKey } from "./spot";

test("a channel and each of its threads are spots of their own", () => {
  const thread = (n: number) => ({ channelId, parentMessageId: id(n) });
  const keys = [channelSpot(channelId), channelSpot(id(101)), thread(1), thread(2)].map(spotKey);
  expect(new Set(keys).size).toBe(4);
});

test("a channel's key is its id, by which its room, draft and files are found", () => {
  expect(spotKey(channelSpot(channelId))).toBe(channelId);
});
