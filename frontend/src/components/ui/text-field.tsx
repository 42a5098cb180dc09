import { useId } from "react";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Stand inside the field, before and after what is typed. */
  before?: ReactNode;
  after?: ReactNode;
}

/** Drawn by `.field` in the stylesheet. */
export function TextField({ label, hint, error, before, after, ...input }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-frame font-medium">
        {label}
      </label>
      <div className="field">
        {before}
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
        {after}
      </div>
      {note && (
        <p id={`${id}-note`} className={classes("mt-1.5 text-frame", error ? "text-danger" : "text-n10")}>
          {note}
        </p>
      )}
    </div>
  );
}
