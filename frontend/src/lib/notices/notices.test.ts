import { Notices } from "./notices";

const setUp = () => {
  const notices = new Notices();
  let heard = 0;
  const stop = notices.subscribe(() => heard++);
  return { notices, stop, heard: () => heard, said: () => notices.get().map(({ sentence }) => sentence) };
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a notice stands for six seconds, or as long as it is told to", () => {
  const { notices, said } = setUp();
  notices.say("Saved.");
  notices.say("Deleted.", { lasts: 10_000 });
  jest.advanceTimersByTime(5_999);
  expect(said()).toEqual(["Saved.", "Deleted."]);
  jest.advanceTimersByTime(1);
  expect(said()).toEqual(["Deleted."]);
  jest.advanceTimersByTime(4_000);
  expect(said()).toEqual([]);
});

test("it can be taken away before, and the others stay", () => {
  const { notices, said } = setUp();
  const first = notices.say("One.");
  notices.say("Two.");
  notices.dismiss(first);
  notices.dismiss(first);
  expect(said()).toEqual(["Two."]);
});

test("no more than three at once: the oldest makes room", () => {
  const { notices, said } = setUp();
  for (const sentence of ["1", "2", "3", "4"]) notices.say(sentence);
  expect(said()).toEqual(["2", "3", "4"]);
});

test("what is said again is said once, and stands anew", () => {
  const { notices, said } = setUp();
  notices.say("No connection.");
  jest.advanceTimersByTime(5_000);
  notices.say("No connection.");
  expect(said()).toEqual(["No connection."]);
  jest.advanceTimersByTime(5_000);
  expect(said()).toEqual(["No connection."]);
  jest.advanceTimersByTime(1_000);
  expect(said()).toEqual([]);
});

test("of two deletions each can be taken back", () => {
  const { notices } = setUp();
  const undone: string[] = [];
  notices.say("Deleted.", { action: { label: "Undo", act: () => undone.push("first") } });
  notices.say("Deleted.", { action: { label: "Undo", act: () => undone.push("second") } });
  for (const { action } of notices.get()) action?.act();
  expect(undone).toEqual(["first", "second"]);
});

test("it is a plain one unless it is told to alarm", () => {
  const { notices } = setUp();
  notices.say("Saved.");
  notices.say("Not saved.", { tone: "danger" });
  expect(notices.get().map(({ tone, action }) => [tone, action])).toEqual([
    ["neutral", null],
    ["danger", null],
  ]);
});

test("whoever listens hears of every change, and each list is another object", () => {
  const { notices, heard, stop } = setUp();
  const before = notices.get();
  notices.say("One.");
  expect(notices.get()).not.toBe(before);
  expect(heard()).toBe(1);
  jest.advanceTimersByTime(6_000);
  expect(heard()).toBe(2);
  stop();
  notices.say("Two.");
  expect(heard()).toBe(2);
});
