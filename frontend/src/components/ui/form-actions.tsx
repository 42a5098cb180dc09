import type { ReactNode } from "react";
import { Button } from "./button";

interface FormActionsProps {
  /** What the button does: "Save". */
  label: string;
  isBusy: boolean;
  /** Said when it is done; kept beside the button, so nothing moves. */
  done?: string | false;
  tone?: "primary" | "danger";
  children?: ReactNode;
}

/** The end of a form: its button, what came of it, and other ways out. */
export function FormActions({ label, isBusy, done, tone = "primary", children }: FormActionsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button type="submit" tone={tone} isBusy={isBusy}>
        {label}
      </Button>
      {children}
      <span role="status" className="text-frame text-success">
        {done}
      </span>
    </div>
  );
}
