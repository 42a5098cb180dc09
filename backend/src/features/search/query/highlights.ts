import type { SearchHighlight } from "@connectbest/contract";
import { foldText, indexOfTerm } from "../text/fold";

/** How many places of one message are marked at most. */
const mostHighlights = 100;

/** Where `terms`, folded, stand in a text: in its own units, in order, those that touch as one. */
export function highlightsOf(content: string, terms: string[]): SearchHighlight[] {
  const folded = foldText(content);
  const found: SearchHighlight[] = [];
  for (const term of terms) {
    let left = mostHighlights;
    for (let at = indexOfTerm(folded, term); at >= 0 && left > 0; at = indexOfTerm(folded, term, at + 1), left--) {
      const [start, end] = [folded.starts[at] ?? 0, folded.ends[at + term.length - 1] ?? 0];
      if (end > start) found.push({ start, end });
    }
  }
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: SearchHighlight[] = [];
  for (const { start, end } of found) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined.slice(0, mostHighlights);
}
