import type { ErrorBody, ErrorCode } from "@connectbest/contract";

/** What did not work, as people may read it. */
export interface Problem {
  readonly code: ErrorCode | "network";
  /** For the whole form; empty when the fields say it all. */
  readonly sentence: string;
  /** By field name. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false; problem: Problem };

const unreachable: Problem = {
  code: "network",
  sentence: "The server cannot be reached. Check your connection and try again.",
  fields: {},
};

/** A call of the sign-in pages. A plain fetch: they stay small without the chat's client. */
export async function post<Answer = null>(
  path: string,
  body: Record<string, string>,
  room = "auth",
): Promise<Outcome<Answer>> {
  const response = await fetch(`/api/${room}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return { ok: false, problem: unreachable };
  const answer = (await response.json().catch(() => null)) as unknown;
  if (response.ok) return { ok: true, answer: answer as Answer };
  return { ok: false, problem: problemOf(answer as ErrorBody | null) };
}

function problemOf(body: ErrorBody | null): Problem {
  const { code = "unavailable", error = unreachable.sentence, details = [] } = body ?? {};
  const fields: Record<string, string> = {};
  for (const { path, message } of details) fields[path.replace(/^body\./, "")] ??= message;
  return { code, fields, sentence: details.length > 0 ? "" : error };
}
