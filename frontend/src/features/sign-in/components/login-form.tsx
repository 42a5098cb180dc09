import { useEffect, useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { signIn } from "@/lib/auth/next-auth-client";
import { takeRememberedAddress } from "../api/mailed-token";
import { signInSentence } from "../api/sentences";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { PasswordField } from "@/components/ui/password-field";
import { useText } from "@/lib/text/text-context";
import { SendAgain } from "./send-again";
import { TextLink } from "./text-link";

export interface Credentials {
  email: string;
  password: string;
}

interface LoginFormProps {
  /** Why the visitor was sent here. */
  notice: string | null;
  /** What did not work before they came. */
  failure: string | null;
  onSignedIn(): void;
  /** The password is right, and the account asks for a code too. */
  onChallenge(credentials: Credentials): Promise<void>;
}

export function LoginForm({ notice, failure, onSignedIn, onChallenge }: LoginFormProps) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ sentence: string; unverified?: string } | null>(
    failure === null ? null : { sentence: failure },
  );
  const form = useFocusOnError(problem);

  useEffect(() => {
    const email = takeRememberedAddress();
    const [address, password] = form.current?.querySelectorAll("input") ?? [];
    if (!email || !address) return;
    address.value = email;
    password?.focus();
  }, [form]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const credentials = { email: String(fields.get("email")), password: String(fields.get("password")) };
    setBusy(true);
    const refusal = await signIn("credentials", { ...credentials });
    if (refusal === null) return onSignedIn();
    if (refusal === "two_factor_required") return onChallenge(credentials);
    setProblem({
      sentence: signInSentence(t, refusal),
      ...(refusal === "email_not_verified" && { unverified: credentials.email }),
    });
    setBusy(false);
  }

  return (
    <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
      {problem ? (
        <Notice tone="danger">
          {problem.sentence} {problem.unverified && <SendAgain email={problem.unverified} />}
        </Notice>
      ) : (
        notice && <Notice tone="neutral">{notice}</Notice>
      )}
      <TextField
        label={t("field.email")}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        autoFocus
      />
      <div>
        <PasswordField autoComplete="current-password" />
        <p className="mt-2 text-right text-frame">
          <TextLink href="/forgot-password">{t("login.forgot")}</TextLink>
        </p>
      </div>
      <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
        {t("login.action")}
      </Button>
    </form>
  );
}
