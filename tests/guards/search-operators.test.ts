import { parseQuery } from "../../backend/src/features/search/query/parse-query";
import { operators } from "../../frontend/src/features/search/api/operators";

/** What somebody would write behind an operator that wants more. */
const more: Record<string, string> = {
  "from:@": "ada",
  "in:#": "general",
  "before:": "2026-01-31",
  "after:": "2026-01-31",
  "on:": "2026-01-31",
  "-": "word",
};

it.each(operators.filter(({ insert }) => insert !== '""').map(({ insert }) => insert))(
  "the search page offers %s, which the search understands",
  (insert) => {
    const [condition, ...others] = parseQuery(insert + (more[insert] ?? ""));
    expect(others).toEqual([]);
    if (insert === "-") expect(condition).toMatchObject({ kind: "text", isNegated: true });
    else expect(condition?.kind).not.toBe("text");
  },
);
