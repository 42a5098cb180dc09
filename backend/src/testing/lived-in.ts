import { routes, type RouteName } from "@connectbest/contract";
import { OpenIdIssuer } from "./openid-issuer";
import { buildScene, callAs } from "./scene";
import { startTestApi, type Account, type TestApi } from "./test-api";

/** What takes something away for which nothing new is made: asked last, so that there is something of everything. */
const isTakingAway = (name: RouteName): boolean =>
  /^(delete|remove|leave|revoke|disable|logout|un[a-z]+[A-Z])/.test(name);

export interface LivedIn {
  api: TestApi;
  /** The administrator of it all, whose account is untouched. */
  root: Account;
  channelId: string;
}

/** A workspace in which everything was done once that the API can do, and what follows from it. */
export async function liveIn(): Promise<LivedIn> {
  const issuer = await OpenIdIssuer.start();
  try {
    const api = await startTestApi({ GOOGLE_CLIENT_ID: issuer.clientId, GOOGLE_ISSUER: issuer.url });
    const root = await api.signUp("Root");
    const scene = await buildScene(api, issuer, root);
    const names = (Object.keys(routes) as RouteName[]).sort((one, other) => +isTakingAway(one) - +isTakingAway(other));
    for (const name of names) {
      // Some end what others begin with: those have a scene of their own.
      const own =
        isTakingAway(name) || /password|TwoFactor|BackupCodes|Me$/i.test(name)
          ? await buildScene(api, issuer, root)
          : scene;
      const { status, text } = await callAs(own, name, name.startsWith("admin") ? "administrator" : "channelAdmin");
      if (status >= 500) throw new Error(`${name}: ${status} ${text}`);
    }
    await api.settle();
    return { api, root, channelId: scene.channelId };
  } finally {
    await issuer.stop();
  }
}
