import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { signIn } from "@/lib/auth/next-auth-client";
import { register } from "../api/register";
import type { FieldErrors } from "../api/register";
import { signInSentence } from "../api/sentences";
import { PasswordField } from "./password-field";
import { StrengthMeter } from "./strength-meter";

const addressTaken =
  "This email already has an account, and its password is another one. Sign in instead, or use another email.";

export function RegisterForm({ callbackUrl }: { callbackUrl: string }) {
  const [isBusy, setBusy] = useState(false);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<{ sentence: string; fields: FieldErrors }>({ sentence: "", fields: {} });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? "");
    const registration = { name: field("name"), email: field("email"), password: field("password") };
    setBusy(true);
    const result = await register(registration);
    if (!result.ok) return fail(result.sentence, result.fields);
    const failure = await signIn(registration.email, registration.password);
    if (failure === null) return location.assign(callbackUrl);
    return fail(failure === "invalid_credentials" ? addressTaken : signInSentence(failure), {});
  }

  function fail(sentence: string, fields: FieldErrors) {
    setProblem({ sentence, fields });
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
      {problem.sentence && <Notice tone="danger">{problem.sentence}</Notice>}
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        minLength={2}
        maxLength={100}
        autoFocus
        error={problem.fields.name}
      />
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        error={problem.fields.email}
      />
      <div>
        <PasswordField
          autoComplete="new-password"
          minLength={8}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={problem.fields.password}
        />
        <StrengthMeter password={password} />
      </div>
      <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
        Create account
      </Button>
    </form>
  );
}
