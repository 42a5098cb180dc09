import { TextField } from "@/components/ui/text-field";

interface CodeFieldProps {
  label?: string;
  hint?: string;
  error: string | undefined;
  autoFocus?: boolean;
}

export function CodeField({ label = "Six-digit code", ...rest }: CodeFieldProps) {
  return (
    <TextField
      {...rest}
      label={label}
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
