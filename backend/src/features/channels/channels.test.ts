import { routes, userTopic } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let [ada, bob, eve]: Account[] = [];
const person = (account: Account | undefined): Account => {
  if (!account) throw new Error("not signed up");
  return account;
};
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob, eve] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Eve")];
});
afterAll(() => api.close());

describe("creating a channel", () => {
  it("makes me its administrator, brings the members in and tells each of them", async () => {
    const [a, b] = [person(ada), person(bob)];
    const { channel } = await api.call(routes.createChannel, {
      token: a.token,
      body: { name: "launch", description: "  The launch  ", memberIds: [b.id, a.id] },
    });
    expect(channel).toMatchObject({ name: "launch", description: "The launch", type: "public", memberCount: 2 });
    expect(channel.membership?.role).toBe("admin");
    expect(api.realtime.subscriptions).toContainEqual({ userIds: [a.id, b.id], channelId: channel.id });
    const told = api.realtime.to(userTopic(b.id)).filter((event) => event.type === "channel.updated");
    expect(told.at(-1)?.channel).toMatchObject({ id: channel.id, membership: { role: "member" } });
  });

  it("refuses a public name that is taken, but not a private one", async () => {
    const body = { name: "launch" };
    const taken = await api.send(routes.createChannel, { token: person(bob).token, body });
    expect([taken.status, taken.body]).toMatchObject([409, { code: "conflict" }]);
    const { channel } = await api.call(routes.createChannel, {
      token: person(bob).token,
      body: { ...body, type: "private" },
    });
    expect(channel.type).toBe("private");
  });

  it("refuses members who do not exist", async () => {
    const body = { name: "ghosts", memberIds: ["f".repeat(24)] };
    expect((await api.send(routes.createChannel, { token: person(ada).token, body })).status).toBe(404);
  });

  it.each(["Launch", "1st", "a", "a b", "x".repeat(51)])("refuses the name %s", async (name) => {
    const response = await api.send(routes.createChannel, { token: person(ada).token, body: { name } });
    expect(response.body).toMatchObject({ code: "invalid_request", details: [{ path: "body.name" }] });
  });
});

describe("a public channel", () => {
  it("can be found, joined twice to the same effect, and left", async () => {
    const [a, e] = [person(ada), person(eve)];
    const channel = await api.createChannel(a);
    const found = await api.call(routes.browseChannels, { token: e.token, query: { query: channel.name ?? "" } });
    expect(found.channels).toMatchObject([{ id: channel.id, membership: null, lastMessage: null }]);

    const both = await Promise.all(
      [1, 2].map(() => api.call(routes.joinChannel, { token: e.token, params: { id: channel.id } })),
    );
    for (const answer of both) expect(answer.channel.membership).not.toBeNull();
    expect((await api.channelOf(a, channel.id)).memberCount).toBe(2);
    expect(api.realtime.to(channel.id).filter((event) => event.type === "member.joined")).toHaveLength(1);

    await api.call(routes.leaveChannel, { token: e.token, params: { id: channel.id } });
    await api.call(routes.leaveChannel, { token: e.token, params: { id: channel.id } });
    expect((await api.channelOf(a, channel.id)).memberCount).toBe(1);
    expect(api.realtime.unsubscriptions).toContainEqual({ userId: e.id, channelId: channel.id });
    expect(api.realtime.to(userTopic(e.id)).at(-1)).toEqual({ type: "channel.removed", channelId: channel.id });
  });

  it("starts a newcomer with nothing unread", async () => {
    const [a, b] = [person(ada), person(bob)];
    const channel = await api.createChannel(a);
    await api.post(a, channel.id, "before you came");
    const joined = await api.call(routes.joinChannel, { token: b.token, params: { id: channel.id } });
    expect(joined.channel.membership).toMatchObject({ unreadCount: 0, lastReadSeq: 2 });
  });

  it("pages when browsed, each channel once, by name", async () => {
    const all = await api.call(routes.browseChannels, { token: person(ada).token, query: { limit: 100 } });
    const names: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.call(routes.browseChannels, {
        token: person(ada).token,
        query: { limit: 1, ...(cursor && { cursor }) },
      });
      names.push(...page.channels.map((channel) => channel.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(all.channels.map((channel) => channel.name));
    expect(names).toEqual([...names].sort());
  });
});

describe("the list of members", () => {
  it("pages, each member once, and refuses a cursor that is none of its own", async () => {
    const [a, b, e] = [person(ada), person(bob), person(eve)];
    const channel = await api.createChannel(a, [b, e]);
    const params = { id: channel.id };
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 1, ...(cursor && { cursor }) };
      const page = await api.call(routes.listMembers, { token: a.token, params, query });
      ids.push(...page.members.map(({ user }) => user.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([...ids].sort()).toEqual([a.id, b.id, e.id].sort());
    const forged = Buffer.from(JSON.stringify(["not a date", "f".repeat(24)])).toString("base64url");
    const refused = await api.send(routes.listMembers, { token: a.token, params, query: { cursor: forged } });
    expect([refused.status, refused.body]).toMatchObject([400, { code: "invalid_request" }]);
  });
});

describe("a private channel", () => {
  it("does not exist for those outside", async () => {
    const [a, b, e] = [person(ada), person(bob), person(eve)];
    const channel = await api.createChannel(a, [b], "private");
    const params = { id: channel.id };
    for (const route of [routes.getChannel, routes.joinChannel, routes.leaveChannel, routes.listMembers] as const)
      expect((await api.send(route, { token: e.token, params })).status).toBe(404);
    const browse = await api.call(routes.browseChannels, { token: e.token, query: { limit: 100 } });
    expect(browse.channels.map(({ id }) => id)).not.toContain(channel.id);
  });

  it("takes people whom a member adds, and administrators whom an administrator adds", async () => {
    const [a, b, e] = [person(ada), person(bob), person(eve)];
    const channel = await api.createChannel(a, [b], "private");
    const params = { id: channel.id };
    const asAdmin = { userId: e.id, role: "admin" as const };
    expect((await api.send(routes.addMember, { token: b.token, params, body: asAdmin })).status).toBe(403);
    const { member } = await api.call(routes.addMember, { token: b.token, params, body: { userId: e.id } });
    expect(member).toMatchObject({ role: "member", user: { id: e.id } });
    await api.call(routes.addMember, { token: a.token, params, body: { userId: e.id } });
    const { members } = await api.call(routes.listMembers, { token: e.token, params });
    expect(members.map(({ user }) => user.id)).toEqual([a.id, b.id, e.id]);
  });
});
