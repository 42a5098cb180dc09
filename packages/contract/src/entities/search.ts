import * as z from "zod";
import { Channel } from "./channel";
import { Message } from "./message";

/** A part of a message's content, in UTF-16 units, the end not included. */
export const SearchHighlight = z.object({ start: z.int().min(0), end: z.int().min(0) }).meta({ id: "SearchHighlight" });
export type SearchHighlight = z.infer<typeof SearchHighlight>;

/** A message that was found, and where it stands. */
export const SearchResult = z
  .object({
    message: Message,
    channel: Channel,
    /** Where the words asked for stand in the content, in order, apart from each other; empty where a file's name or the like was found. */
    highlights: z.array(SearchHighlight),
  })
  .meta({ id: "SearchResult" });
export type SearchResult = z.infer<typeof SearchResult>;
