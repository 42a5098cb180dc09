import { plainText } from "./plain-text";

test.each([
  ["**What is left:**", "What is left:"],
  ["- [x] done\n- [ ] to do\n* plain", "☑ done\n☐ to do\n• plain"],
  ["Left: - [x] done - [ ] to do", "Left: ☑ done ☐ to do"],
  ["_signed_ and __sealed__, snake_case_name stays", "signed and sealed, snake_case_name stays"],
  ["# Plan\n> said", "Plan\nsaid"],
  ["```ts\nconst x = 1;\n```", "const x = 1;\n"],
  ["see [the plan](https://example.com/plan) and `code`", "see the plan and code"],
  ["2 * 3 = 6, a - b, 5 > 3", "2 * 3 = 6, a - b, 5 > 3"],
  ["[x](javascript:alert)", "[x](javascript:alert)"],
])("%s is read as %s", (content, read) => {
  expect(plainText(content)).toBe(read);
});
