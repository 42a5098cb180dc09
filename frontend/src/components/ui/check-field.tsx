import { useId } from "react";
import type { ComponentProps } from "react";

interface CheckFieldProps extends Omit<ComponentProps<"input">, "type"> {
  label: string;
  hint: string;
}

export function CheckField({ label, hint, ...input }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="flex gap-3">
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-frame text-n10">
          {hint}
        </p>
      </div>
    </div>
  );
}
