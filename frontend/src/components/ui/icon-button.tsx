import { classes } from "./classes";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  /** The button's name, also shown as its tooltip. */
  label: string;
  icon: LucideIcon;
  size?: 16 | 20;
}

export function IconButton({ label, icon: Icon, size = 16, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes(
        "inline-flex shrink-0 items-center justify-center rounded-sm text-n10 transition-colors duration-150 enabled:hover:bg-n4 enabled:hover:text-n12 aria-expanded:bg-n4 aria-expanded:text-n12 aria-pressed:bg-accent-tint aria-pressed:text-accent-text disabled:opacity-50",
        size === 20 ? "size-9" : "size-7 narrow:size-9",
        className,
      )}
    >
      <Icon size={size} strokeWidth={1.5} aria-hidden />
    </button>
  );
}
