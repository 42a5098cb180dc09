import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { post } from "../api/post";
import type { Problem } from "../api/post";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

/** The answer is the same whether or not the address has an account: nobody learns here who has one. */
export function ForgotPasswordPanel() {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useFocusOnError(problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email")).trim();
    setBusy(true);
    const outcome = await post("forgot-password", { email });
    if (outcome.ok) setMailedTo(email);
    else setProblem(outcome.problem);
    setBusy(false);
  }

  return (
    <SignInFrame
      title="Forgot your password?"
      sentence="Tell us your email, and we mail you a link to set a new one."
      footer={
        <>
          Remembered it? <TextLink href="/login">Sign in</TextLink>
        </>
      }
    >
      {mailedTo !== null ? (
        <Notice tone="neutral">
          If <strong className="font-semibold break-all">{mailedTo}</strong> has an account, the link is on its way. It
          works once, within an hour.
        </Notice>
      ) : (
        <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
          {problem?.sentence && <Notice tone="danger">{problem.sentence}</Notice>}
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            required
            autoFocus
            error={problem?.fields["email"]}
          />
          <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
            Mail me a link
          </Button>
        </form>
      )}
    </SignInFrame>
  );
}
