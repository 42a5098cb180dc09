import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { useFocusOnError } from "@/lib/forms/use-focus-on-error";
import { useText } from "@/lib/text/text-context";

interface CodeFormProps {
  /** Answers what was wrong; `null` when the page goes on. */
  verify(code: string): Promise<string | null>;
}

/** Asks for a code of the authenticator app, or for one of the backup codes. */
export function CodeForm({ verify }: CodeFormProps) {
  const t = useText();
  const [isBackup, setBackup] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ sentence: string } | null>(null);
  const form = useFocusOnError(problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code")).replace(/\s/g, "");
    setBusy(true);
    const sentence = await verify(code);
    if (sentence === null) return;
    setProblem({ sentence });
    setBusy(false);
  }

  const kind = isBackup
    ? ({
        label: t("code.backup"),
        autoComplete: "off",
        spellCheck: false,
        placeholder: "xxxxx-xxxxx",
        maxLength: 20,
      } as const)
    : ({ label: t("code.digits"), autoComplete: "one-time-code", inputMode: "numeric", maxLength: 7 } as const);

  return (
    <form ref={form} method="post" onSubmit={(event) => void submit(event)} className="space-y-5">
      <TextField
        key={kind.label}
        {...kind}
        name="code"
        required
        minLength={6}
        autoFocus
        hint={isBackup ? t("code.backupHint") : t("code.digitsHint")}
        error={problem?.sentence}
      />
      <Button type="submit" tone="primary" size="lg" className="w-full" isBusy={isBusy}>
        {t("code.continue")}
      </Button>
      <Button
        tone="quiet"
        className="w-full"
        onClick={() => {
          setProblem(null);
          setBackup(!isBackup);
        }}
      >
        {isBackup ? t("code.useApp") : t("code.useBackup")}
      </Button>
    </form>
  );
}
