import type { ComponentProps } from "react";
import { classes } from "./classes";
import { Spinner } from "./spinner";

interface ButtonProps extends ComponentProps<"button"> {
  tone?: "primary" | "neutral" | "danger" | "quiet";
  size?: "sm" | "md" | "lg";
  isBusy?: boolean;
}

/** Drawn by `.button` in the stylesheet. */
export function Button({ tone = "neutral", size = "md", isBusy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      {...rest}
      disabled={rest.disabled === true || isBusy}
      className={classes("button", `button-${tone}`, `button-${size}`, className)}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}
