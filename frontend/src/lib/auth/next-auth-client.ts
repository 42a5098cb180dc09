/** The calls of next-auth's protocol that we need: 30 lines instead of its 12 kB browser bundle. */
async function post(path: string, fields: Record<string, string>): Promise<{ ok: boolean; url: string | null }> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  const { url } = (await response.json().catch(() => ({ url: null }))) as { url: string | null };
  return { ok: response.ok, url };
}

/** Sets the session cookie. Answers `null`, or why not: the API's error code with seconds to wait behind a dot. */
export async function signIn(
  provider: "credentials" | "two-factor",
  fields: Record<string, string>,
): Promise<string | null> {
  try {
    const { ok, url } = await post(`callback/${provider}`, fields);
    const error = url === null ? "unavailable" : new URL(url, location.href).searchParams.get("error");
    return ok ? error : (error ?? "unavailable");
  } catch {
    return "network";
  }
}

/** The address at which somebody else says who this is. */
export async function beginSignIn(provider: "google", callbackUrl: string): Promise<string> {
  const { url } = await post(`signin/${provider}`, { callbackUrl }).catch(() => ({ url: null }));
  return url ?? "/login?error=google.network";
}

/** Forgets the session cookie. */
export async function forgetSession(): Promise<void> {
  await post("signout", {});
}
