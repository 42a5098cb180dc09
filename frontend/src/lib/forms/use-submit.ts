"use client";

import { useState } from "react";
import type { FormEvent } from "react";
import { flushSync } from "react-dom";
import { ApiError, sentenceOf } from "@/lib/api/api-error";

interface Problem {
  /** For the whole form; `null` when the fields say it all. */
  readonly sentence: string | null;
  /** By field name: the last part of the path that the API names. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Submission extends Problem {
  readonly isBusy: boolean;
  /** The last attempt went well, and nothing has been submitted since. */
  readonly isDone: boolean;
  submit(event: FormEvent<HTMLFormElement>): void;
}

type Act = (field: (name: string) => string, form: HTMLFormElement) => Promise<unknown>;

/** Runs a form's deed with its fields, puts what the API says where it belongs, and brings the keyboard there. */
export function useSubmit(act: Act): Submission {
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(form: HTMLFormElement): Promise<void> {
    const fields = new FormData(form);
    setBusy(true);
    setDone(false);
    try {
      await act((name) => String(fields.get(name) ?? ""), form);
      setProblem(null);
      setDone(true);
      setBusy(false);
    } catch (error) {
      flushSync(() => {
        setProblem(problemOf(error));
        setBusy(false);
      });
      form.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
    }
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void run(event.currentTarget);
  }

  return { isBusy, isDone, submit, sentence: problem?.sentence ?? null, fields: problem?.fields ?? {} };
}

export function problemOf(error: unknown): Problem {
  const details = error instanceof ApiError ? error.details : [];
  const fields: Record<string, string> = {};
  for (const { path, message } of details) fields[path.replace(/^body\./, "")] ??= message;
  // The API names no path for a wrong code: it is the same failure wherever the code was sent.
  if (error instanceof ApiError && error.code === "invalid_two_factor_code") fields["code"] ??= sentenceOf(error);
  return { fields, sentence: Object.keys(fields).length > 0 ? null : sentenceOf(error) };
}
