import * as z from "zod";
import { SearchResult } from "../entities/search";
import { CursorQuery } from "../primitives";
import { defineRoute } from "../route";

/** The longest query, in UTF-16 units. */
const queryLimit = 500;

export const search = defineRoute({
  method: "get",
  path: "/chat/search",
  access: "user",
  tag: "Search",
  summary:
    'The messages I may read that have all words (or parts of words) asked for, newest first. `"a phrase"`, `from:@name`, `from:me`, `in:#channel`, `in:@person`, `before:2026-01-31`, `after:`, `on:` (days of my time zone), `has:link|file|image|code`, `is:pinned|saved|thread`; a minus before any of them excludes. A page may be short, or empty, and have a `nextCursor` all the same: then go on',
  query: CursorQuery.extend({
    q: z
      .string("Say what to look for.")
      .min(1, "Say what to look for.")
      .max(queryLimit, `Must be at most ${queryLimit} characters.`),
  }),
  response: z.object({ results: z.array(SearchResult), nextCursor: z.string().nullable() }),
  status: 200,
});
