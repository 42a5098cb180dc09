import type { ErrorBody, RouteBodyInput, RouteResponse, Routes } from "@connectbest/contract";
import type { User } from "next-auth";
import { config } from "@/config";

type SignedIn = RouteResponse<Routes["login"]>;

/**
 * A sign-in that the API refused. The message reaches the sign-in page as next-auth's `error`: the API's code, and behind
 * a dot the seconds of its `Retry-After`.
 */
export class SignInRefusal extends Error {
  constructor(
    readonly code: string,
    seconds: string | null = null,
  ) {
    super(seconds ? `${code}.${seconds}` : code);
  }
}

async function askApi(path: string, body: object, visitor: Record<string, string>): Promise<User> {
  const response = await fetch(`${config().apiUrl}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...visitor },
    body: JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null);
  if (!response?.ok) {
    const answer = (await response?.json().catch(() => null)) as ErrorBody | null | undefined;
    throw new SignInRefusal(answer?.code ?? "unavailable", response?.headers.get("retry-after"));
  }
  const { user, token, expiresAt } = (await response.json()) as SignedIn;
  return { id: user.id, name: user.name, email: user.email, apiToken: token, apiTokenExpiresAt: expiresAt };
}

/** `visitor`: the headers that say on whose behalf (see `visitorHeaders`). Throws {@link SignInRefusal}. */
export const askWithPassword = (body: RouteBodyInput<Routes["login"]>, visitor: Record<string, string>) =>
  askApi("login", body, visitor);

export const askWithGoogle = (body: RouteBodyInput<Routes["googleLogin"]>, visitor: Record<string, string>) =>
  askApi("google", body, visitor);
