import { Megaphone } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { classes } from "@/components/ui/classes";
import { useText } from "@/lib/text/text-context";
import type { Suggestion } from "./use-suggestions";

interface SuggestionListProps {
  id: string;
  suggestions: readonly Suggestion[];
  current: Suggestion | undefined;
  onPick(suggestion: Suggestion): void;
}

/** Above the field, as wide as it. The focus stays in the field. */
export function SuggestionList({ id, suggestions, current, onPick }: SuggestionListProps) {
  const t = useText();
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t("composer.suggestions")}
      className="absolute inset-x-0 bottom-full z-30 mb-2 max-h-[50dvh] animate-rise overflow-y-auto rounded-md border border-n6 bg-n1 p-1.5 shadow-float"
    >
      {suggestions.map((suggestion) => (
        <li
          key={suggestion.key}
          id={`${id}-${suggestion.key}`}
          role="option"
          aria-selected={suggestion === current}
          // Before the field loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(suggestion);
          }}
          className={classes(
            "flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm",
            suggestion === current ? "bg-n4" : "hover:bg-n3",
          )}
        >
          <Mark suggestion={suggestion} />
          <span className="shrink-0 truncate font-medium">{suggestion.label}</span>
          <span className="truncate text-frame text-n10">{suggestion.hint}</span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ suggestion: { person, character, insert } }: { suggestion: Suggestion }) {
  if (person) return <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={20} />;
  if (character)
    return (
      <span aria-hidden className="w-5 text-center text-lg leading-none">
        {character}
      </span>
    );
  if (!insert.startsWith("@")) return null;
  return <Megaphone size={16} strokeWidth={1.5} aria-hidden className="w-5 text-n10" />;
}
