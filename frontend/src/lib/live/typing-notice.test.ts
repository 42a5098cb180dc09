import { channelSpot } from "@/lib/chat/spot";
import { TypingNotice } from "./typing-notice";

const setUp = () => {
  const said: [string, boolean][] = [];
  return { said, notice: new TypingNotice(({ channelId }, isTyping) => void said.push([channelId, isTyping])) };
};

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

test("says it when it begins and every three seconds, not with every letter", () => {
  const { said, notice } = setUp();
  for (let i = 0; i < 40; i++) {
    notice.typed(channelSpot("a"), true);
    jest.advanceTimersByTime(100);
  }
  expect(said).toEqual([
    ["a", true],
    ["a", true],
  ]);
});

test("says when it stops: sent, wiped out, or another channel", () => {
  const { said, notice } = setUp();
  notice.typed(channelSpot("a"), true);
  notice.typed(channelSpot("a"), false);
  notice.stop();
  notice.typed(channelSpot("a"), true);
  notice.typed(channelSpot("b"), true);
  expect(said).toEqual([
    ["a", true],
    ["a", false],
    ["a", true],
    ["a", false],
    ["b", true],
  ]);
});

test("a thread and its channel are two places", () => {
  const said: [string | null, boolean][] = [];
  const notice = new TypingNotice(({ parentMessageId }, isTyping) => void said.push([parentMessageId, isTyping]));
  notice.typed(channelSpot("a"), true);
  notice.typed({ channelId: "a", parentMessageId: "m" }, true);
  expect(said).toEqual([
    [null, true],
    [null, false],
    ["m", true],
  ]);
});
