import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import { googleLogin } from "./google.service";
import { IdTokens } from "./id-tokens";
import { login } from "./sign-in.service";

export function signInRoutes(router: Router, config: Config): void {
  const google = config.GOOGLE_CLIENT_ID ? new IdTokens(config.GOOGLE_ISSUER, config.GOOGLE_CLIENT_ID) : undefined;
  handle(router, routes.authStatus, () => ({
    providers: ["password" as const, ...(google ? (["google"] as const) : [])],
  }));
  handle(router, routes.login, ({ body, origin }) => login(body, origin, config));
  handle(router, routes.googleLogin, ({ body, origin }) => googleLogin(body, origin, google, config));
}
