import { TextField } from "@/components/ui/text-field";
import { useText } from "@/lib/text/text-context";

interface CodeFieldProps {
  label?: string;
  hint?: string;
  error: string | undefined;
  autoFocus?: boolean;
}

export function CodeField({ label, ...rest }: CodeFieldProps) {
  const t = useText();
  return (
    <TextField
      {...rest}
      label={label ?? t("twoFactor.code")}
      name="code"
      autoComplete="one-time-code"
      spellCheck={false}
      required
      minLength={6}
      maxLength={20}
    />
  );
}

/** People copy the space that apps put into a code. */
export const plainCode = (code: string): string => code.replace(/\s/g, "");
