import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { signIn } from "@/lib/auth/next-auth-client";
import { signInSentence } from "../api/sentences";
import { PasswordField } from "./password-field";

interface LoginFormProps {
  callbackUrl: string;
  /** Why the visitor was sent here. */
  notice: string | null;
}

export function LoginForm({ callbackUrl, notice }: LoginFormProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const failure = await signIn(String(fields.get("email")), String(fields.get("password")));
    if (failure === null) return location.assign(callbackUrl);
    setError(signInSentence(failure));
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
      {error ? <Notice tone="danger">{error}</Notice> : notice && <Notice tone="neutral">{notice}</Notice>}
      <TextField label="Email" name="email" type="email" autoComplete="username" inputMode="email" required autoFocus />
      <PasswordField autoComplete="current-password" />
      <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
        Sign in
      </Button>
    </form>
  );
}
