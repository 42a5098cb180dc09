import { typedChannelName } from "./channel-name";

test.each([
  ["Plan Launch", "plan-launch"],
  ["3 weeks", "weeks"],
  ["Café_team", "cafe-team"],
  ["#general", "general"],
  ["x".repeat(80), "x".repeat(50)],
])("%s becomes %s", (typed, name) => {
  expect(typedChannelName(typed)).toBe(name);
});
