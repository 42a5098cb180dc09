import { ApiClient, ApiRefusal } from "./api-client";
import { HttpStub } from "./testing/stubs";

let api: HttpStub;
/** The bearers that the API knows. */
let known: string[] = [];
beforeAll(async () => {
  api = await HttpStub.start(({ headers }) =>
    known.some((token) => headers["authorization"] === `Bearer ${token}`)
      ? { status: 200, body: { channelIds: [] } }
      : {
          status: 401,
          body: { error: "Only the service itself may call this.", code: "unauthenticated", requestId: "" },
        },
  );
});
afterAll(() => api.close());
beforeEach(() => api.calls.splice(0));

const subscriptions = (...tokens: string[]) =>
  new ApiClient(
    api.url,
    tokens.map((token) => () => token),
  ).listSubscriptions({ userId: "0".repeat(24), sessionId: "0".repeat(24) });

it("asks again with the secret before, where the API has not learnt of the new one", async () => {
  known = ["old"];
  expect(await subscriptions("new", "old")).toEqual({ channelIds: [] });
  expect(api.calls).toHaveLength(2);
});

it("asks once where the API knows the new one", async () => {
  known = ["new", "old"];
  await subscriptions("new", "old");
  expect(api.calls).toHaveLength(1);
});

it("passes on a refusal of both, and of the only one", async () => {
  known = [];
  await expect(subscriptions("new", "old")).rejects.toThrow(ApiRefusal);
  await expect(subscriptions("new")).rejects.toThrow(ApiRefusal);
  expect(api.calls).toHaveLength(3);
});
