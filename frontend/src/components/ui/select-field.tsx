import { ChevronDown } from "lucide-react";
import { useId } from "react";
import type { ComponentProps } from "react";

interface SelectFieldProps extends ComponentProps<"select"> {
  label: string;
  hint?: string;
  /** Value and what people read. */
  options: readonly (readonly [value: string, name: string])[];
}

export function SelectField({ label, hint, options, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-frame font-medium">
        {label}
      </label>
      <div className="field relative">
        <select
          {...select}
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="h-full w-full min-w-0 appearance-none rounded-sm bg-n1 pr-9 pl-3 text-message text-n12 outline-none"
        >
          {options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <ChevronDown
          size={16}
          strokeWidth={1.5}
          aria-hidden
          className="pointer-events-none absolute right-3 text-n10"
        />
      </div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-frame text-n10">
          {hint}
        </p>
      )}
    </div>
  );
}
