import type { SystemNoteKind } from "@connectbest/contract";
import type { Note } from "./messages.model";

const sentences: Record<SystemNoteKind, (by: string, to: string, note: Note) => string> = {
  joined: (by) => `${by} joined.`,
  added: (by, to) => `${by} added ${to}.`,
  left: (by) => `${by} left.`,
  removed: (by, to) => `${by} removed ${to}.`,
  renamed: (by, _, { before, after }) => `${by} renamed the channel from #${before} to #${after}.`,
  described: (by, _, { after }) =>
    after ? `${by} changed the description: ${after}` : `${by} removed the description.`,
  archived: (by) => `${by} archived the channel.`,
  restored: (by) => `${by} opened the channel again.`,
  pinned: (by) => `${by} pinned a message.`,
};

/** What happened, in English, with the names that people have now. */
export const sentenceOf = (note: Note, by: string, to: string | null): string =>
  sentences[note.kind](by, to ?? "somebody", note);
