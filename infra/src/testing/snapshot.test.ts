import { parts, textOf } from "./templates";

/** Names of what is built change with every line of code; that is not what a review looks for here. */
const withoutBuilds = (text: string) => JSON.parse(text.replace(/[0-9a-f]{64}/g, "<build>")) as unknown;

it.each(parts)("production %s is as it was looked at", (part) => {
  expect(withoutBuilds(textOf("production", part))).toMatchSnapshot();
});
