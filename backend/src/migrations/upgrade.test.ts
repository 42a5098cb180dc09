import { routes, type Channel, type Message } from "@connectbest/contract";
import mongoose from "mongoose";
import { compareSchema } from "../schema/compare-schema";
import { oldPassword, writeOldData, type OldVersion } from "../testing/old-data";
import { newDatabase, startTestApi, type Account, type TestApi } from "../testing/test-api";

type Document = mongoose.mongo.BSON.Document;

/** Somebody of the old data, signed in with the password of then. */
async function signIn(api: TestApi, email: string): Promise<Account> {
  const { user, token } = await api.call(routes.login, { body: { email, password: oldPassword } });
  return { ...user, token, password: oldPassword };
}

/** All that a member sees of a channel, oldest first. */
async function readAll(api: TestApi, reader: Account, id: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let before: string | undefined; ;) {
    const query = { limit: 10, ...(before && { before }) };
    const page = await api.call(routes.listMessages, { token: reader.token, params: { id }, query });
    all.unshift(...page.messages);
    if (!page.hasMoreBefore) return all;
    before = page.messages[0]?.id;
  }
}

describe.each<OldVersion>(["first", "accounts"])("data of the version %s", (version) => {
  let api: TestApi;
  let old: Record<string, Document[]>;
  beforeAll(async () => {
    const uri = newDatabase();
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    old = await writeOldData(client.db(), version);
    await client.close();
    api = await startTestApi({ MONGODB_URI: uri });
  }, 60_000);
  afterAll(() => api.close());

  const of = (name: string): Document[] => old[name] ?? [];
  const personOf = (userId: unknown): Document => of("users").find(({ _id }) => String(_id) === String(userId)) ?? {};

  it("is all there, with every field as it was", async () => {
    for (const [name, documents] of Object.entries(old)) {
      const now = await mongoose.connection.collection(name).find().toArray();
      expect({ name, count: now.length }).toEqual({ name, count: documents.length });
      const byId = new Map(now.map((document) => [String(document._id), document]));
      for (const document of documents) expect(byId.get(String(document["_id"]))).toMatchObject(document);
    }
  });

  it("is as the models of now say", async () => {
    expect(await compareSchema(mongoose.connection.db as mongoose.mongo.Db)).toEqual([]);
  });

  it("is read over the API, to the last message, with the counts of then", async () => {
    for (const channel of of("channels")) {
      const members = of("members").filter(({ channelId }) => channelId === channel["_id"]);
      const [, second] = members;
      const reader = await signIn(api, personOf(second?.["userId"])["email"] as string);
      const messages = of("messages").filter(({ channelId }) => channelId === channel["_id"]);
      const id = String(channel["_id"]);
      const seen: Channel = await api.channelOf(reader, id);
      expect(seen).toMatchObject({ type: channel["type"] as string, memberCount: members.length });
      expect(seen.membership?.unreadCount).toBe(messages.length - (second?.["readCount"] as number));
      const read = await readAll(api, reader, id);
      expect(read.map((message) => [message.id, message.content, message.seq])).toEqual(
        messages.map((message) => [String(message["_id"]), message["content"], message["seq"]]),
      );
    }
  }, 60_000);

  it("goes on: what is said next comes after it, and private things stay private", async () => {
    for (const channel of of("channels").slice(0, 6)) {
      const id = String(channel["_id"]);
      const member = of("members").find(({ channelId }) => channelId === channel["_id"]);
      const author = await signIn(api, personOf(member?.["userId"])["email"] as string);
      const message = await api.post(author, id, "and on");
      expect(message.seq).toBe((channel["rev"] as number) + 1);
      const outsider = await signIn(api, "person519@example.com");
      const asked = await api.send(routes.listMessages, { token: outsider.token, params: { id } });
      expect(asked.status).toBe(channel["type"] === "public" ? asked.status : 404);
    }
    const { user } = await api.call(routes.me, { token: (await signIn(api, "person7@example.com")).token });
    expect(user).toMatchObject({ name: "Person 7", preferences: { theme: version === "first" ? "system" : "dark" } });
  }, 60_000);

  it("tells nobody now of what was said then", async () => {
    await api.settle();
    expect(await mongoose.connection.collection("notifications").countDocuments({ seq: { $lte: 25 } })).toBe(0);
  });
});
