import { classes } from "./classes";
import { useId } from "react";

interface SwitchProps {
  label: string;
  hint: string;
  isOn: boolean;
  onChange(isOn: boolean): void;
}

export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div>
        <label htmlFor={id} className="text-frame font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="mt-0.5 text-frame text-n10">
          {hint}
        </p>
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-describedby={`${id}-hint`}
        onClick={() => onChange(!isOn)}
        className={classes(
          "mt-0.5 flex h-5 w-9 shrink-0 items-center rounded-full p-0.5 transition-colors duration-150",
          isOn ? "bg-accent" : "bg-n8",
        )}
      >
        <span
          aria-hidden
          className={classes("size-4 rounded-full bg-white transition-transform duration-150", isOn && "translate-x-4")}
        />
      </button>
    </div>
  );
}
