import { operators, withOperator } from "./operators";

const written = (query: string, insert: string) => {
  const { text, caret } = withOperator(query, insert);
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
};

test("an operator is put behind what is there, apart from it", () => {
  expect(written("", "from:@")).toBe("from:@|");
  expect(written("launch", "in:#")).toBe("launch in:#|");
  expect(written("launch ", "before:")).toBe("launch before:|");
});

test("one that is whole is followed by a space, one that wants more is not", () => {
  expect(written("launch", "has:link")).toBe("launch has:link |");
  expect(written("", "is:saved")).toBe("is:saved |");
  expect(written("", "from:me")).toBe("from:me |");
  expect(written("", "from:@")).toBe("from:@|");
  expect(written("launch", "-")).toBe("launch -|");
});

test("between quotation marks is where the words go", () => {
  expect(written("launch", '""')).toBe('launch "|"');
});

test("each is offered once", () => {
  expect(new Set(operators.map(({ insert }) => insert)).size).toBe(operators.length);
  expect(new Set(operators.map(({ hint }) => hint)).size).toBe(operators.length);
});
