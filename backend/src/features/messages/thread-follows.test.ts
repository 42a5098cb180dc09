import { routes } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
let bob: Account;
let cem: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob, cem] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Cem")];
});
afterAll(() => api.close());
beforeEach(async () => {
  channelId = (await api.createChannel(ada, [bob, cem])).id;
});

const reply = async (who: Account, id: string, content: string) =>
  (await api.call(routes.postReply, { token: who.token, params: { id }, body: { content } })).message;
const threadsOf = async (who: Account) => api.call(routes.listThreads, { token: who.token });

describe("a thread that somebody follows", () => {
  it("is in the list, on whatever page, also before anybody has replied", async () => {
    const dan = await api.signUp("Dan");
    await api.call(routes.joinChannel, { token: dan.token, params: { id: channelId } });
    const contents = ["one", "two", "three", "answered", "read"];
    for (const content of contents) {
      const { id } = await api.post(ada, channelId, content);
      await api.call(routes.followThread, { token: dan.token, params: { id } });
      if (content === "answered" || content === "read") await reply(bob, id, "an answer");
      if (content === "read") await reply(dan, id, "thanks");
    }
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const query: { limit: number; cursor?: string } = { limit: 1, ...(cursor && { cursor }) };
      const page = await api.call(routes.listThreads, { token: dan.token, query });
      seen.push(...page.threads.map(({ message }) => message.content));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["answered", "read", "three", "two", "one"]);
  });

  it("counts right for whoever comes back to it by a reply that leaves while they are away", async () => {
    const root = await api.post(ada, channelId, "question");
    const old = await reply(ada, root.id, "before");
    await api.call(routes.unfollowThread, { token: bob.token, params: { id: root.id } });
    const sendAt = new Date(Date.now() + 3600_000).toISOString();
    const body = { channelId, parentMessageId: root.id, content: "from bed", sendAt };
    const { scheduledMessage } = await api.call(routes.scheduleMessage, { token: bob.token, body });
    await api.call(routes.sendScheduledMessage, { token: bob.token, params: { id: scheduledMessage.id } });
    await reply(cem, root.id, "after");
    expect((await threadsOf(bob)).threads[0]?.thread).toMatchObject({ messageId: root.id, unreadCount: 1 });
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: old.id } });
    expect((await threadsOf(bob)).threads[0]?.thread).toMatchObject({ messageId: root.id, unreadCount: 1 });
  });
});
