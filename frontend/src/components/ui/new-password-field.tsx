import { useState } from "react";
import { PasswordField } from "./password-field";
import { StrengthMeter } from "./strength-meter";

interface NewPasswordFieldProps {
  label?: string;
  name?: string;
  error: string | undefined;
  autoFocus?: boolean;
}

export function NewPasswordField(props: NewPasswordFieldProps) {
  const [password, setPassword] = useState("");
  return (
    <div>
      <PasswordField
        {...props}
        autoComplete="new-password"
        minLength={8}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <StrengthMeter password={password} />
    </div>
  );
}
