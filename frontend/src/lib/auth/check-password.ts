import type { ErrorBody, RouteResponse, Routes } from "@connectbest/contract";
import type { User } from "next-auth";
import { config } from "@/config";

type Login = RouteResponse<Routes["login"]>;

/**
 * Asks the API. The thrown message reaches the sign-in form as next-auth's `error`: the API's code, and behind a dot the
 * seconds of its `Retry-After`.
 */
export async function checkPassword(body: { email: string; password: string }, forwardedFor?: string): Promise<User> {
  const response = await fetch(`${config().apiUrl}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(forwardedFor ? { "x-forwarded-for": forwardedFor } : {}) },
    body: JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null);
  if (!response) throw new Error("unavailable");
  if (!response.ok) {
    const answer = (await response.json().catch(() => null)) as ErrorBody | null;
    const wait = response.headers.get("retry-after");
    throw new Error(`${answer?.code ?? "unavailable"}${wait ? `.${wait}` : ""}`);
  }
  const { user, token, expiresAt } = (await response.json()) as Login;
  return { id: user.id, name: user.name, email: user.email, apiToken: token, apiTokenExpiresAt: expiresAt };
}
