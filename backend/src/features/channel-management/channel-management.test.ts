import { routes, userTopic, type Message } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let owner: Account;
let ada: Account;
let bob: Account;
let cem: Account;
beforeAll(async () => {
  api = await startTestApi();
  owner = await api.signUp("Owner");
  [ada, bob, cem] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Cem")];
});
afterAll(() => api.close());

const notesOf = async (who: Account, id: string): Promise<string[]> =>
  (await api.call(routes.listMessages, { token: who.token, params: { id } })).messages
    .filter(({ type }) => type === "system")
    .map(({ content }) => content);
const update = (who: Account, id: string, body: object) =>
  api.send(routes.updateChannel, { token: who.token, params: { id }, body });
const setRole = (who: Account, id: string, person: Account, role: "admin" | "member") =>
  api.send(routes.setMemberRole, { token: who.token, params: { id, userId: person.id }, body: { role } });
const membersOf = async (who: Account, id: string) =>
  (await api.call(routes.listMembers, { token: who.token, params: { id } })).members.map(({ user, role }) => [
    user.name,
    role,
  ]);

describe("a channel's life", () => {
  it("is renamed and described by its administrators, and says so itself", async () => {
    const { id, name } = await api.createChannel(ada, [bob]);
    expect((await update(bob, id, { name: "mine" })).status).toBe(403);
    expect((await update(ada, id, { name: `${name}-2`, description: "about us" })).status).toBe(200);
    expect((await update(ada, id, { name: `${name}-2` })).status).toBe(200);
    expect((await update(ada, id, { description: "" })).status).toBe(200);
    expect(await notesOf(bob, id)).toEqual([
      `Ada renamed the channel from #${name} to #${name}-2.`,
      "Ada changed the description: about us",
      "Ada removed the description.",
    ]);
    expect(api.realtime.to(id).at(-1)).toMatchObject({
      type: "message.created",
      channel: { name: `${name}-2`, description: null },
    });
    const { channels } = await api.call(routes.browseChannels, { token: cem.token, query: { query: `${name}-2` } });
    expect(channels.map((channel) => channel.id)).toEqual([id]);
  });

  it("takes no public name that is taken, and tells of no private one", async () => {
    const one = await api.createChannel(ada);
    const two = await api.createChannel(ada);
    const hidden = await api.createChannel(ada, [], "private");
    expect((await update(ada, two.id, { name: one.name })).status).toBe(409);
    expect((await update(ada, two.id, { name: hidden.name })).status).toBe(200);
  });

  it("of a public channel is also the workspace's administrators', of a private one not", async () => {
    const open = await api.createChannel(ada);
    const hidden = await api.createChannel(ada, [], "private");
    expect((await update(owner, open.id, { description: "by the house" })).status).toBe(200);
    expect((await update(owner, hidden.id, { description: "by the house" })).status).toBe(404);
  });

  it("ends in the archive, where all can be read and nothing changed, and begins again", async () => {
    const { id } = await api.createChannel(ada, [bob]);
    const message = await api.post(bob, id, "before");
    const params = { id };
    expect((await api.send(routes.archiveChannel, { token: bob.token, params })).status).toBe(403);
    for (const _ of [1, 2])
      expect((await api.send(routes.archiveChannel, { token: ada.token, params })).status).toBe(204);
    const send = () => api.send(routes.postMessage, { token: bob.token, params, body: { content: "after" } });
    const refused = await send();
    expect([refused.status, (refused.body as { error: string }).error]).toEqual([
      403,
      "This channel is archived: it can be read, and nothing more is said in it.",
    ]);
    const edited = { token: bob.token, params: { id: message.id } };
    expect((await api.send(routes.editMessage, { ...edited, body: { content: "changed" } })).status).toBe(403);
    expect((await api.send(routes.deleteMessage, edited)).status).toBe(403);
    expect((await api.send(routes.joinChannel, { token: cem.token, params })).status).toBe(403);
    const page = await api.call(routes.listMessages, { token: bob.token, params });
    expect(page.messages.map(({ content }) => content)).toEqual(["before", "Ada archived the channel."]);
    expect((await api.channelOf(bob, id)).archivedAt).not.toBeNull();
    expect((await api.send(routes.leaveChannel, { token: bob.token, params })).status).toBe(204);
    await api.call(routes.restoreChannel, { token: ada.token, params });
    await api.call(routes.joinChannel, { token: bob.token, params });
    expect((await send()).status).toBe(201);
  });

  it("of the channel that everybody joins has no end", async () => {
    const { channels } = await api.call(routes.listChannels, { token: owner.token });
    const general = channels.find(({ name }) => name === "general");
    const response = await api.send(routes.archiveChannel, {
      token: owner.token,
      params: { id: general?.id ?? "" },
    });
    expect(response.status).toBe(403);
  });
});

describe("coming and going", () => {
  it("is noted in the channel, and is nothing unread", async () => {
    const { id } = await api.createChannel(ada);
    const params = { id };
    await api.call(routes.joinChannel, { token: bob.token, params });
    await api.call(routes.addMember, { token: bob.token, params, body: { userId: cem.id } });
    await api.send(routes.removeMember, { token: ada.token, params: { id, userId: cem.id } });
    await api.call(routes.leaveChannel, { token: bob.token, params });
    expect(await notesOf(ada, id)).toEqual(["Bob joined.", "Bob added Cem.", "Ada removed Cem.", "Bob left."]);
    expect(await api.channelOf(ada, id)).toMatchObject({
      memberCount: 1,
      lastMessage: null,
      membership: { unreadCount: 0 },
    });
  });

  it("names people as they are called now", async () => {
    const { id } = await api.createChannel(ada);
    const person = await api.signUp("Old Name");
    await api.call(routes.joinChannel, { token: person.token, params: { id } });
    await api.call(routes.updateMe, { token: person.token, body: { name: "New Name" } });
    expect(await notesOf(ada, id)).toEqual(["New Name joined."]);
    expect(api.realtime.to("workspace").at(-1)).toMatchObject({ type: "user.updated", user: { name: "New Name" } });
  });

  it("ends what one hears, at once and by sync", async () => {
    const { id } = await api.createChannel(ada, [bob], "private");
    await api.post(ada, id, "while you were here");
    const removed = await api.send(routes.removeMember, { token: ada.token, params: { id, userId: bob.id } });
    expect(removed.status).toBe(204);
    expect(api.realtime.unsubscriptions.at(-1)).toEqual({ userId: bob.id, channelId: id });
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toEqual({ type: "channel.removed", channelId: id });
    await api.post(ada, id, "and now without you");
    const answer = await api.call(routes.sync, { token: bob.token, body: { channels: { [id]: 1 } } });
    expect([answer.removed, JSON.stringify(answer).includes("without you")]).toEqual([[id], false]);
  });

  it("is not for members to make others do", async () => {
    const { id } = await api.createChannel(ada, [bob, cem]);
    const response = await api.send(routes.removeMember, { token: bob.token, params: { id, userId: cem.id } });
    expect(response.status).toBe(403);
    expect((await setRole(bob, id, bob, "admin")).status).toBe(403);
  });

  it("never leaves a channel without an administrator", async () => {
    const { id } = await api.createChannel(ada, [bob, cem]);
    expect((await setRole(ada, id, ada, "member")).status).toBe(409);
    expect((await setRole(ada, id, bob, "admin")).status).toBe(200);
    const both = await Promise.all([setRole(ada, id, ada, "member"), setRole(bob, id, bob, "member")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const other = await api.createChannel(ada, [bob, cem]);
    await api.call(routes.leaveChannel, { token: ada.token, params: { id: other.id } });
    expect((await membersOf(bob, other.id)).filter(([, role]) => role === "admin")).toHaveLength(1);
  });
});

describe("how one keeps a channel", () => {
  it("is one's own, and on all one's devices", async () => {
    const { id } = await api.createChannel(ada, [bob]);
    const params = { id };
    const { sections } = await api.call(routes.setSections, {
      token: bob.token,
      body: { sections: [{ name: "Work" }, { name: "Play" }] },
    });
    const [work] = sections;
    await api.call(routes.setChannelNotifications, {
      token: bob.token,
      params,
      body: { muted: true, level: "mentions" },
    });
    const body = { isFavourite: true, sectionId: work?.id ?? null };
    await api.call(routes.setChannelPlace, { token: bob.token, params, body });
    const kept = { muted: true, level: "mentions", ...body };
    expect((await api.channelOf(bob, id)).membership).toMatchObject(kept);
    expect((await api.channelOf(ada, id)).membership).toMatchObject({ muted: false, level: "all", sectionId: null });
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({
      type: "membership.updated",
      membership: kept,
    });
    const unknown = { isFavourite: false, sectionId: "f".repeat(24) };
    expect((await api.send(routes.setChannelPlace, { token: bob.token, params, body: unknown })).status).toBe(404);
    await api.call(routes.setSections, { token: bob.token, body: { sections: sections.slice(1) } });
    expect((await api.channelOf(bob, id)).membership?.sectionId).toBeNull();
    expect((await api.call(routes.listSections, { token: bob.token })).sections).toEqual(sections.slice(1));
  });
});

describe("a conversation of several", () => {
  const open = (who: Account, others: Account[]) =>
    api.call(routes.openDirectMessage, { token: who.token, body: { userIds: others.map(({ id }) => id) } });

  it("is one for the same people, in whatever order they are named", async () => {
    const first = await open(ada, [bob, cem]);
    expect((await open(cem, [ada, bob, bob])).channel.id).toBe(first.channel.id);
    expect(first.channel.participants?.map(({ name }) => name).sort()).toEqual(["Ada", "Bob", "Cem"]);
    expect((await open(ada, [bob])).channel.id).not.toBe(first.channel.id);
    const message: Message = await api.post(bob, first.channel.id, "hello, both of you");
    expect((await api.channelOf(cem, first.channel.id)).lastMessage?.id).toBe(message.id);
  });

  it("is of nine at most, cannot be joined, left, added to, renamed or archived", async () => {
    const { channel } = await open(ada, [bob, cem]);
    const params = { id: channel.id };
    const many = Array.from({ length: 9 }, (_, i) => `${i}`.padStart(24, "a"));
    const tooMany = await api.send(routes.openDirectMessage, { token: ada.token, body: { userIds: many } });
    expect(tooMany.status).toBe(400);
    const as = { token: ada.token, params };
    const answers = await Promise.all([
      api.send(routes.leaveChannel, as),
      api.send(routes.addMember, { ...as, body: { userId: owner.id } }),
      api.send(routes.updateChannel, { ...as, body: { name: "ours" } }),
      api.send(routes.archiveChannel, as),
      api.send(routes.joinChannel, { token: owner.token, params }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404]);
  });
});
