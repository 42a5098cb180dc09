import { ApiError, api } from "./client";
import { pathTo } from "./path";

const fetched = jest.fn<Promise<Response>, [string, RequestInit]>();

beforeEach(() => {
  fetched.mockReset();
  globalThis.fetch = fetched as unknown as typeof fetch;
});

test("paths are filled and queried", () => {
  expect(pathTo("/chat/channels/:id/members/:userId", { id: "a", userId: "b/c" })).toBe(
    "/chat/channels/a/members/b%2Fc",
  );
  expect(pathTo("/users/search", {}, { query: "a b", limit: 20, cursor: undefined })).toBe(
    "/users/search?query=a+b&limit=20",
  );
});

test("a call knows its route", async () => {
  fetched.mockResolvedValue(Response.json({ messages: [], hasMoreBefore: false, hasMoreAfter: false }));
  const page = await api.get("/chat/channels/:id/messages", { params: { id: "c" }, query: { before: "m" } });
  expect(page.hasMoreBefore).toBe(false);
  expect(fetched.mock.calls[0]?.[0]).toBe("/api/chat/channels/c/messages?before=m");
});

test("an action without a result answers nothing", async () => {
  fetched.mockResolvedValue(new Response(null, { status: 204 }));
  expect(await api.post("/chat/channels/:id/leave", { params: { id: "c" } })).toBeNull();
});

test("an error carries the server's sentence, code and patience", async () => {
  const body = { error: "Slow down.", code: "rate_limited", requestId: "r" };
  fetched.mockResolvedValue(Response.json(body, { status: 429, headers: { "retry-after": "3" } }));
  const error = await api.get("/auth/me").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ message: "Slow down.", code: "rate_limited", retryAfter: 3_000, isTemporary: true });
});

test("no answer at all is an error of its own", async () => {
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(api.get("/auth/me")).rejects.toMatchObject({ status: 0, code: "network", isTemporary: true });
});

test("a small change outlives its page; a long one is sent without that, for the browser would refuse it", async () => {
  fetched.mockImplementation(async () => Response.json({ draft: {} }));
  const save = (content: string) => api.put("/drafts/:channelId", { params: { channelId: "c" }, body: { content } });
  await save("short");
  await save("é".repeat(40_000));
  await api.get("/auth/me");
  expect(fetched.mock.calls.map(([, request]) => request.keepalive)).toEqual([true, false, false]);
});
