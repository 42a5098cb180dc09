"use client";

import { Bold, Code, Italic, Link, List, ListOrdered, Quote, SquareCode, Strikethrough } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { TextKey } from "@/lib/text/catalog";
import { useText } from "@/lib/text/text-context";
import { apply, fence, link, prefixLines, wrap } from "./editing";
import type { Edit, Selection } from "./editing";
import { selectionIn } from "./message-field";

const tools: readonly { name: TextKey; icon: LucideIcon; keys: string; edit(selection: Selection): Edit }[] = [
  { name: "format.bold", icon: Bold, keys: "Ctrl+B", edit: (selection) => wrap(selection, "**") },
  { name: "format.italic", icon: Italic, keys: "Ctrl+I", edit: (selection) => wrap(selection, "_") },
  { name: "format.struck", icon: Strikethrough, keys: "Ctrl+Shift+X", edit: (selection) => wrap(selection, "~~") },
  { name: "format.link", icon: Link, keys: "", edit: (selection) => link(selection, "") },
  {
    name: "format.numbered",
    icon: ListOrdered,
    keys: "Ctrl+Shift+7",
    edit: (selection) => prefixLines(selection, (line) => `${line + 1}. `),
  },
  { name: "format.list", icon: List, keys: "Ctrl+Shift+8", edit: (selection) => prefixLines(selection, () => "- ") },
  { name: "format.quote", icon: Quote, keys: "Ctrl+Shift+9", edit: (selection) => prefixLines(selection, () => "> ") },
  { name: "format.code", icon: Code, keys: "Ctrl+E", edit: (selection) => wrap(selection, "`") },
  { name: "format.codeBlock", icon: SquareCode, keys: "", edit: fence },
];

/** Writes the Markdown for those who would rather press than type. */
export function Formatting({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const t = useText();
  return (
    <div
      role="toolbar"
      aria-label={t("composer.formatting")}
      className="flex flex-wrap gap-0.5 border-b border-n5 px-1.5 py-1"
    >
      {tools.map(({ name, icon, keys, edit }) => (
        <IconButton
          key={name}
          label={t(name)}
          title={keys ? `${t(name)} (${keys})` : t(name)}
          icon={icon}
          onClick={() => field.current && apply(field.current, edit(selectionIn(field.current)))}
        />
      ))}
    </div>
  );
}
