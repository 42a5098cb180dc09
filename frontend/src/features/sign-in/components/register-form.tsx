import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { post } from "../api/post";
import type { Problem } from "../api/post";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useText } from "@/lib/text/text-context";

export function RegisterForm({ onMailed }: { onMailed(email: string): void }) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useFocusOnError(problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const field = (name: string) => String(fields.get(name) ?? "");
    const email = field("email").trim();
    setBusy(true);
    const outcome = await post("register", { name: field("name"), email, password: field("password") });
    if (outcome.ok) return onMailed(email);
    setProblem(outcome.problem);
    setBusy(false);
  }

  return (
    <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
      {problem?.sentence && <Notice tone="danger">{problem.sentence}</Notice>}
      <TextField
        label={t("field.name")}
        name="name"
        autoComplete="name"
        required
        minLength={2}
        maxLength={100}
        autoFocus
        error={problem?.fields["name"]}
      />
      <TextField
        label={t("field.email")}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        error={problem?.fields["email"]}
      />
      <NewPasswordField error={problem?.fields["password"]} />
      <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
        {t("register.action")}
      </Button>
    </form>
  );
}
