import { Search } from "lucide-react";
import type { ComponentProps } from "react";

interface SearchFieldProps extends Omit<ComponentProps<"input">, "type"> {
  label: string;
}

export function SearchField({ label, ...input }: SearchFieldProps) {
  return (
    <div className="field">
      <Search size={16} strokeWidth={1.5} aria-hidden className="ml-3 shrink-0 text-n9" />
      <input
        {...input}
        type="search"
        aria-label={label}
        placeholder={input.placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        className="[&::-webkit-search-cancel-button]:hidden"
      />
    </div>
  );
}
