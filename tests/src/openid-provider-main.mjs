// A small OpenID provider on this machine, standing in for Google. Whoever comes to it is the person that the test has named
// (PUT /person), without being asked. Configured by one JSON argument; answers "ready" on its standard output.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import Provider from "oidc-provider";

const { port, clientId, clientSecret, redirectUri } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** By the address that is their subject, too. */
const people = new Map();
let present = null;

const provider = new Provider(issuer, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "one" }] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  // As Google does: the claims stand in the ID token itself.
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (context, next) => {
  if (context.method === "PUT" && context.path === "/person") {
    const chunks = [];
    for await (const chunk of context.req) chunks.push(chunk);
    const person = JSON.parse(Buffer.concat(chunks).toString());
    present = person.email;
    people.set(person.email, person);
    context.status = 204;
  } else if (context.path.startsWith("/interaction/"))
    await provider.interactionFinished(context.req, context.res, { login: { accountId: present } });
  else await next();
});

provider.listen(port, "127.0.0.1", () => process.stdout.write("ready\n"));
