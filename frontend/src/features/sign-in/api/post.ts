import type { ErrorBody, ErrorCode } from "@connectbest/contract";
import { sayFailure } from "@/lib/api/say-failure";
import type { Translate } from "@/lib/text/translate";

/** What did not work, as people may read it. */
export interface Problem {
  readonly code: ErrorCode | "network";
  /** For the whole form; empty when the fields say it all. */
  readonly sentence: string;
  /** By field name. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false; problem: Problem };

const unreachable = "The server cannot be reached. Check your connection and try again.";

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
  if (!response)
    return { ok: false, problem: { code: "network", sentence: sayFailure("network", unreachable), fields: {} } };
  const answer = (await response.json().catch(() => null)) as unknown;
  if (response.ok) return { ok: true, answer: answer as Answer };
  return { ok: false, problem: problemOf(answer as ErrorBody | null) };
}

function problemOf(body: ErrorBody | null): Problem {
  const { code = "unavailable", error = unreachable, details = [] } = body ?? {};
  const fields: Record<string, string> = {};
  for (const { path, message } of details) fields[path.replace(/^body\./, "")] ??= message;
  return { code, fields, sentence: details.length > 0 ? "" : sayFailure(code, error) };
}

/** What was wrong with a mailed link: no field shows its token, so what the server says of that is for the whole page. */
export function linkSentence(t: Translate, { sentence, fields }: Problem): string {
  if (sentence || !fields["token"]) return sentence;
  return t.language === "en" ? fields["token"] : t("link.dead");
}
