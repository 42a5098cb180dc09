import type { ErrorBody } from "@connectbest/contract";

export interface Registration {
  name: string;
  email: string;
  password: string;
}

export type FieldErrors = Partial<Record<keyof Registration, string>>;
export type RegistrationResult = { ok: true } | { ok: false; sentence: string; fields: FieldErrors };

const unreachable = "The server cannot be reached. Check your connection and try again.";

/** Creates an account. A plain fetch: the sign-in pages stay small without the chat's client. */
export async function register(registration: Registration): Promise<RegistrationResult> {
  const response = await fetch("/api/auth/register", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(registration),
  }).catch(() => null);
  if (response?.ok) return { ok: true };
  const body = (await response?.json().catch(() => null)) as ErrorBody | null | undefined;
  const fields: FieldErrors = {};
  for (const { path, message } of body?.details ?? []) {
    const field = path.replace(/^body\./, "");
    if (field === "name" || field === "email" || field === "password") fields[field] ??= message;
  }
  const isExplained = Object.keys(fields).length > 0;
  return { ok: false, fields, sentence: isExplained ? "" : (body?.error ?? unreachable) };
}
