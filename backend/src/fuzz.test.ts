import { randomInt } from "node:crypto";
import { createServer, request, Agent, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ErrorBody, routes, type Route, type RouteName } from "@connectbest/contract";
import fc from "fast-check";
import { hostileBody, hostileQuery, hostileSegment, type RawBody } from "./testing/hostile";
import { OpenIdIssuer } from "./testing/openid-issuer";
import { buildScene, promote, type Scene } from "./testing/scene";
import { startTestApi, testConfig, type Account, type TestApi } from "./testing/test-api";
import { validRequests } from "./testing/valid-requests";

/** The same attempts every time; another seed, and more of them, for a longer look: FUZZ_SEED=7 FUZZ_RUNS=2000. */
const seed = Number(process.env["FUZZ_SEED"] ?? 20_260_731);
const runs = Number(process.env["FUZZ_RUNS"] ?? 35);

let api: TestApi;
let issuer: OpenIdIssuer;
let root: Account;
let scene: Scene;
let server: Server;
const agent = new Agent({ keepAlive: true });
beforeAll(async () => {
  issuer = await OpenIdIssuer.start();
  api = await startTestApi({ GOOGLE_CLIENT_ID: issuer.clientId, GOOGLE_ISSUER: issuer.url });
  root = await api.signUp("Root");
  scene = await buildScene(api, issuer, root);
  server = createServer(api.app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
  await issuer.stop();
});

interface Answer {
  status: number;
  type: string;
  text: string;
  took: number;
}

/** As it is: nothing is encoded, sorted or corrected on the way. From another address each time: throttles hide much. */
function sendRaw(method: string, path: string, token: string | undefined, body: RawBody | undefined): Promise<Answer> {
  const started = performance.now();
  const headers = {
    "x-visitor-proof": testConfig.FRONTEND_SECRET,
    "x-visitor-address": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body?.type && { "content-type": body.type }),
    ...(body?.encoding && { "content-encoding": body.encoding }),
    ...(body && { "content-length": Buffer.byteLength(body.text) }),
  };
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers["content-type"] ?? "",
          text: Buffer.concat(chunks).toString(),
          took: performance.now() - started,
        }),
      );
    });
    call.on("error", reject);
    call.end(body?.text);
  });
}

/** Words of the machinery, which no client is to see. */
const inside =
  /Mongo|Cast to|BSON|E11000|mongodb(\+srv)?:|node_modules|\.(ts|js|cjs|mjs):\d+|\n\s+at |\/(work|home|usr|root)\/|(Type|Range|Syntax|Reference)Error|Unexpected (token|end)|is not a function/;

function judge(route: Route, { status, type, text, took }: Answer): void {
  expect(status).toBeLessThan(500);
  expect(took).toBeLessThan(2000);
  if (status >= 400) {
    expect(ErrorBody.strict().safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(text).not.toMatch(inside);
  } else if (status === 204 || status === 302) expect(text).toBe("");
  else if (route.response) expect(route.response.safeParse(JSON.parse(text)).error).toBeUndefined();
  else expect(type).toBe(route.download);
}

/** Somebody who may do everything, and whom it costs nothing to lose. */
async function administrator(): Promise<Account> {
  const person = await api.signUp("Fuzzer");
  await promote(api, root, person);
  return person;
}

interface Attempt {
  segment: string | null;
  query: string;
  body: RawBody | undefined;
}

const attemptOn = (route: Route, validBody: unknown): fc.Arbitrary<Attempt> =>
  fc.record({
    segment: route.params ? fc.option(hostileSegment, { freq: 2 }) : fc.constant(null),
    query: fc.oneof(
      { arbitrary: hostileQuery(Object.keys(route.query?.shape ?? {})), weight: route.query ? 4 : 1 },
      { arbitrary: fc.constant(""), weight: 2 },
    ),
    body:
      route.method === "get"
        ? fc.oneof({ arbitrary: fc.constant(undefined), weight: 8 }, hostileBody(validBody))
        : fc.oneof({ arbitrary: hostileBody(validBody), weight: 8 }, fc.constant(undefined)),
  });

const everyRoute = (Object.entries(routes) as [RouteName, Route][]).filter(([, { access }]) => access !== "service");

describe("whatever is sent to it", () => {
  it.each(everyRoute)(
    "%s answers in the wire's own terms, soon, and never with a failure of its own",
    async (name, route) => {
      let me = await administrator();
      const valid = await validRequests[name](scene, me, "channelAdmin");
      const pathOf = ({ segment, query }: Attempt): string =>
        `/api${route.path.replace(/:(\w+)/g, (_, key: string) => segment ?? valid.params?.[key] ?? "")}${query && `?${query}`}`;
      const property = (knocks: (attempt: Attempt) => Promise<void>) =>
        fc.asyncProperty(attemptOn(route, valid.body), knocks);

      await fc.assert(
        property(async (attempt) => {
          const answer = await sendRaw(route.method, pathOf(attempt), me.token, attempt.body);
          judge(route, answer);
          // Signed out, demoted, locked or deleted by what was sent: somebody else goes on.
          if ([401, 403, 429].includes(answer.status)) me = await administrator();
        }),
        { seed, numRuns: runs },
      );
      await fc.assert(
        property(async (attempt) => {
          const answer = await sendRaw(route.method, pathOf(attempt), undefined, attempt.body);
          judge(route, answer);
          if (route.access !== "public") expect([400, 401, 413, 415]).toContain(answer.status);
        }),
        { seed, numRuns: Math.ceil(runs / 4) },
      );
    },
  );

  it("any address outside the wire is answered alike", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"),
        fc.array(hostileSegment, { maxLength: 4 }),
        hostileQuery([]),
        async (method, segments, query) => {
          const path = `/${["api", "nowhere", ...segments].join("/")}?${query}`;
          const { status, text } = await sendRaw(method, path, undefined, undefined);
          expect([400, 404]).toContain(status);
          expect(text).not.toMatch(inside);
        },
      ),
      { seed, numRuns: runs * 2 },
    );
  });

  it("nothing of it has changed what objects are made of", () => {
    expect(Object.keys(Object.getPrototypeOf({}) as object)).toEqual([]);
    expect(({} as Record<string, unknown>)["role"]).toBeUndefined();
  });
});
