import { useState } from "react";
import type { ComponentProps } from "react";
import { useText } from "@/lib/text/text-context";
import { TextField } from "./text-field";

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, "label" | "type" | "after"> & { label?: string };

export function PasswordField({ label, ...props }: PasswordFieldProps) {
  const t = useText();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      name="password"
      {...props}
      label={label ?? t("ui.password")}
      type={isShown ? "text" : "password"}
      required
      maxLength={128}
      after={
        <button
          type="button"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          className="mr-1.5 h-7 rounded-sm px-2 text-frame font-medium text-n10 transition-colors hover:bg-n3 hover:text-n12"
        >
          {isShown ? t("ui.passwordHide") : t("ui.passwordShow")}
        </button>
      }
    />
  );
}
