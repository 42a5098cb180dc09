import { randomBytes } from "node:crypto";
import { routes, type Channel, type Message } from "@connectbest/contract";
import mongoose from "mongoose";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { postFile } from "../../testing/upload";
import { SearchIndexer } from "./indexing/search-indexer";
import { expectQuick } from "../../testing/quick";

let api: TestApi;
let ada: Account;
let bob: Account;
let eve: Account;
const indexer = new SearchIndexer(createLogger("silent"), { rest: 0 });

beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada Lovelace"), await api.signUp("Bob Byron")];
  eve = await api.signUp("Eve");
});
afterAll(() => api.close());

/** A word that nobody has said before. */
const newWord = () => `w${randomBytes(8).toString("hex")}`;
const search = (account: Account, q: string, query: { limit?: number; cursor?: string } = {}) =>
  api.call(routes.search, { token: account.token, query: { q, ...query } });
/** What is found, newest first. */
const found = async (account: Account, q: string): Promise<string[]> =>
  (await search(account, q)).results.map(({ message }) => message.content);
const on = (account: Account, message: Message) => ({ token: account.token, params: { id: message.id } });
const reply = async (account: Account, parent: Message, content: string): Promise<Message> =>
  (await api.call(routes.postReply, { ...on(account, parent), body: { content } })).message;
const sayAll = async (account: Account, channel: Channel, contents: string[]): Promise<Message[]> => {
  const messages = [];
  for (const content of contents) messages.push(await api.post(account, channel.id, content));
  return messages;
};
/** As if it had been sent then. */
const backdate = (message: Message, createdAt: string) =>
  mongoose.connection
    .collection("messages")
    .updateOne({ _id: new mongoose.Types.ObjectId(message.id) }, { $set: { createdAt: new Date(createdAt) } });

describe.each([
  ["what is not indexed yet", async () => undefined],
  ["what is indexed", () => indexer.run()],
])("searching %s", (_, settle) => {
  it("finds words in any order, parts of words and phrases, newest first, with their channel", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada, [bob]);
    await sayAll(ada, channel, [`The ${word} launch`, `launch of ${word}`, `lunch`]);
    await settle();
    expect(await found(bob, `${word} LAUNCH`)).toEqual([`launch of ${word}`, `The ${word} launch`]);
    expect(await found(bob, `"${word} launch"`)).toEqual([`The ${word} launch`]);
    expect(await found(bob, `${word.slice(2, 9)} the`)).toEqual([`The ${word} launch`]);
    expect(await found(bob, `${word} -"${word} launch"`)).toEqual([`launch of ${word}`]);
    expect(await found(bob, `${word} -launch`)).toEqual([]);
    const { results } = await search(bob, word);
    expect(results[0]?.channel).toMatchObject({ id: channel.id, membership: { role: "member" } });
    expect(results[0]?.message).toMatchObject({ user: { name: "Ada Lovelace" } });
  });

  it("shows where it was found, in the message's own units", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada);
    await sayAll(ada, channel, [`👩🏽‍🚀 Zoe\u0308 and ZOË, ${word}`]);
    await settle();
    const [result] = (await search(ada, `zoe ${word}`)).results;
    const shown = result?.highlights.map(({ start, end }) => result.message.content.slice(start, end));
    expect(shown).toEqual(["Zoe\u0308", "ZOË", word]);
  });

  it("finds what a message says now, and no more what is gone", async () => {
    const [before, after] = [newWord(), newWord()];
    const channel = await api.createChannel(ada);
    const [edited, deleted] = await sayAll(ada, channel, [`one ${before}`, `two ${before}`]);
    await settle();
    expect(await found(ada, before)).toHaveLength(2);
    if (!edited || !deleted) throw new Error("Two were sent.");
    await api.call(routes.editMessage, { ...on(ada, edited), body: { content: `one ${after}` } });
    await api.call(routes.deleteMessage, on(ada, deleted));
    for (const level of [async () => undefined, settle]) {
      await level();
      expect(await found(ada, before)).toEqual([]);
      expect(await found(ada, after)).toEqual([`one ${after}`]);
    }
  });

  it("finds replies, names of files, and what was forwarded", async () => {
    const word = newWord();
    const [channel, other] = [await api.createChannel(ada), await api.createChannel(ada)];
    const root = await api.post(ada, channel.id, "the root");
    await reply(ada, root, `a reply ${word}`);
    await postFile(api, ada, channel.id, { name: `Überblick ${word}.txt`, bytes: Buffer.from("text") });
    const { message } = await api.call(routes.forwardMessage, {
      ...on(ada, await api.post(ada, channel.id, `for others ${word}`)),
      body: { channelId: other.id },
    });
    await settle();
    const { results } = await search(ada, `-in:#${channel.name ?? ""} ${word}`);
    expect(results.map(({ message }) => message.id)).toEqual([message.id]);
    expect(await found(ada, `in:#${channel.name ?? ""} ${word} -others`)).toEqual(["see this", `a reply ${word}`]);
    expect(await found(ada, `uberblick ${word}`)).toEqual(["see this"]);
    expect((await search(ada, `uberblick ${word}`)).results[0]?.highlights).toEqual([]);
  });

  it("stays within what the asker may read, from one moment to the next", async () => {
    const word = newWord();
    const [open, closed] = [await api.createChannel(ada), await api.createChannel(ada, [bob], "private")];
    const { channel: dm } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    for (const { id } of [open, closed, dm]) await api.post(ada, id, `secret ${word} in ${id}`);
    await settle();
    expect(await found(ada, word)).toHaveLength(3);
    expect(await found(bob, word)).toEqual([`secret ${word} in ${dm.id}`, `secret ${word} in ${closed.id}`]);
    for (const q of [word, "", `from:@${ada.username}`, "-nothing", `${word} after:2000-01-01`].filter(Boolean))
      expect(await found(eve, q)).not.toContainEqual(expect.stringContaining(word));
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: closed.id } });
    expect(await found(bob, word)).toEqual([`secret ${word} in ${dm.id}`]);
    await api.call(routes.joinChannel, { token: eve.token, params: { id: open.id } });
    expect(await found(eve, word)).toEqual([`secret ${word} in ${open.id}`]);
  });

  it("knows from: and in:", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada, [bob]);
    const { channel: dm } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    await api.post(ada, channel.id, `${word} by ada`);
    await api.post(bob, channel.id, `${word} by bob`);
    await api.post(bob, dm.id, `${word} between us`);
    await settle();
    expect(await found(ada, `from:me ${word}`)).toEqual([`${word} by ada`]);
    expect(await found(bob, `from:me in:#${channel.name ?? ""} ${word}`)).toEqual([`${word} by bob`]);
    expect(await found(ada, `from:@${bob.username} -in:@bob ${word}`)).toEqual([`${word} by bob`]);
    expect(await found(ada, `from:@"Bob Byron" in:@Bob ${word}`)).toEqual([`${word} between us`]);
    expect(await found(ada, `-from:${bob.id} ${word}`)).toEqual([`${word} by ada`]);
    expect(await found(ada, `from:me from:@bob in:${channel.id} ${word}`)).toHaveLength(2);
    expect(await found(ada, `in:@${eve.username} ${word}`)).toEqual([]);
  });

  it("knows the days of the asker's time zone", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada, [bob]);
    const preferences = { timezone: "Pacific/Auckland" };
    await api.call(routes.updateMe, { token: bob.token, body: { preferences } });
    const [evening, night] = await sayAll(ada, channel, [`${word} evening`, `${word} night`]);
    if (!evening || !night) throw new Error("Two were sent.");
    // In Auckland the day begins at 11:00 UTC.
    await backdate(evening, "2026-01-31T10:59:59.999Z");
    await backdate(night, "2026-01-31T11:00:00.000Z");
    await settle();
    expect(await found(bob, `${word} on:2026-01-31`)).toEqual([`${word} evening`]);
    expect(await found(bob, `${word} on:2026-02-01`)).toEqual([`${word} night`]);
    expect(await found(bob, `${word} before:2026-02-01`)).toEqual([`${word} evening`]);
    expect(await found(bob, `${word} after:2026-01-31`)).toEqual([`${word} night`]);
    expect(await found(bob, `${word} -after:2026-01-31`)).toEqual([`${word} evening`]);
    expect(await found(bob, `${word} -on:2026-01-31`)).toEqual([`${word} night`]);
    expect(await found(ada, `${word} on:2026-01-31`)).toEqual([`${word} night`, `${word} evening`]);
    expect(await found(ada, `${word} after:2026-01-31`)).toEqual([]);
  });

  it("knows has: and is:", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada, [bob]);
    const texts = { plain: `${word} plain`, link: `${word} https://example.com/a`, code: `${word} \`x = 1\`` };
    const [plain, link] = await sayAll(ada, channel, [texts.plain, texts.link, texts.code]);
    if (!plain || !link) throw new Error("Three were sent.");
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await postFile(api, ada, channel.id, { name: `${word}.png`, bytes: png });
    await api.call(routes.pinMessage, on(bob, link));
    await api.call(routes.addBookmark, on(bob, plain));
    const answer = await reply(bob, plain, `${word} reply`);
    await settle();
    expect(await found(bob, `${word} has:link`)).toEqual([texts.link]);
    expect(await found(bob, `${word} has:code`)).toEqual([texts.code]);
    expect(await found(bob, `${word} has:file`)).toEqual(["see this"]);
    expect(await found(bob, `${word} has:image -has:link`)).toEqual(["see this"]);
    expect(await found(bob, `${word} is:pinned`)).toEqual([texts.link]);
    expect(await found(bob, `${word} is:saved`)).toEqual([texts.plain]);
    expect(await found(ada, `${word} is:saved`)).toEqual([]);
    expect(await found(bob, `${word} is:thread`)).toEqual([answer.content, texts.plain]);
    expect(await found(bob, `${word} -is:thread -is:saved -is:pinned -has:file`)).toEqual([texts.code]);
    await api.call(routes.unpinMessage, on(bob, link));
    await api.call(routes.removeBookmark, on(bob, plain));
    expect(await found(bob, `${word} is:pinned`)).toEqual([]);
    expect(await found(bob, `${word} is:saved`)).toEqual([]);
  });

  it("pages, each message once, whatever is sent meanwhile", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada, [bob]);
    const said = await sayAll(
      ada,
      channel,
      Array.from({ length: 13 }, (_, i) => `${word} ${i}`),
    );
    await settle();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(bob, word, { limit: 5, ...(cursor && { cursor }) });
      expect(page.results.length).toBeLessThanOrEqual(5);
      seen.push(...page.results.map(({ message }) => message.id));
      cursor = page.nextCursor ?? undefined;
      await api.post(ada, channel.id, `${word} meanwhile`);
    } while (cursor);
    expect(seen).toEqual(said.map(({ id }) => id).reverse());
  });

  it("pages what is saved", async () => {
    const channel = await api.createChannel(eve);
    const said = await sayAll(eve, channel, ["one", "two", "three"]);
    for (const message of said) await api.call(routes.addBookmark, on(eve, message));
    await settle();
    const first = await search(eve, "is:saved", { limit: 2 });
    const second = await search(eve, "is:saved", { limit: 2, cursor: first.nextCursor ?? "" });
    const contents = [...first.results, ...second.results].map(({ message }) => message.content);
    expect([contents, second.nextCursor]).toEqual([["three", "two", "one"], null]);
    for (const message of said) await api.call(routes.removeBookmark, on(eve, message));
  });

  it("takes what only looks like an operator, code and addresses for text", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada);
    const texts = [`${word} foo:bar http://x/y`, `${word} C++ && foo_bar(10.0.0.17)`, `${word} fe80::1 .*(a+)+$`];
    await sayAll(ada, channel, texts);
    await settle();
    const [first, second, third] = texts;
    expect(await found(ada, `${word} foo:bar`)).toEqual([first]);
    expect(await found(ada, `${word} http://x`)).toEqual([first]);
    expect(await found(ada, `${word} c++`)).toEqual([second]);
    expect(await found(ada, `${word} o_bar( 0.0.17`)).toEqual([second]);
    expect(await found(ada, `${word} fe80::1`)).toEqual([third]);
    expect(await found(ada, `${word} .*(a+)+$`)).toEqual([third]);
  });

  it("does not find what the system noted", async () => {
    const word = newWord();
    const channel = await api.createChannel(ada);
    const description = `about ${word}`;
    await api.call(routes.updateChannel, { token: ada.token, params: { id: channel.id }, body: { description } });
    await settle();
    expect(await found(ada, word)).toEqual([]);
  });
});

describe("a search", () => {
  const refusal = async (q: string, query: object = {}) => {
    const response = await api.send(routes.search, { token: ada.token, query: { q, ...query } });
    return { status: response.status, ...(response.body as { error: string; details: object[] }) };
  };

  it.each([
    ["before:yesterday", "before: needs a date like 2026-01-31."],
    ["has:wings", "has: knows link, file, image and code."],
    ["from:@nobody.at.all", "from: nobody here is called nobody.at.all."],
    ["in:#no-such-place", "in: you are in no channel called no-such-place."],
    ['""', "Say what to look for: a word, part of one, or an operator like from:@ada."],
    ["\u0301", "Say what to look for: a word, part of one, or an operator like from:@ada."],
  ])("for %s is refused in a sentence", async (q, sentence) => {
    expect(await refusal(q)).toMatchObject({
      status: 400,
      error: sentence,
      details: [{ path: "query.q", message: sentence }],
    });
  });

  it("names no channel that the asker is not in", async () => {
    const hidden = await api.createChannel(ada, [], "private");
    const response = await api.send(routes.search, { token: eve.token, query: { q: `in:#${hidden.name ?? ""}` } });
    expect(response.status).toBe(400);
    const missing = await api.send(routes.search, { token: eve.token, query: { q: "in:#missing" } });
    const without = (text: string, name: string) => text.replaceAll(name, "").replace(/"requestId":"[^"]*"/, "");
    expect(without(missing.text, "missing")).toBe(without(response.text, hidden.name ?? ""));
  });

  it("that is too long, empty or paged by something else is refused, and at once", async () => {
    for (const q of ["x".repeat(10_000), ".*(a+)+$".repeat(1250), '"'.repeat(501), ""]) {
      // What is longer still once it is encoded the HTTP server itself refuses, as too large a header.
      await expectQuick(100, async () => expect([400, 431]).toContain((await refusal(q)).status));
    }
    const cursors = [
      ["2026-01-31T00:00:00.000Z", "f".repeat(24)],
      ["soon", "f".repeat(24)],
      ["rev 1", "x"],
    ];
    for (const cursor of cursors) {
      const forged = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      expect((await refusal("x", { cursor: forged })).status).toBe(400);
    }
  });

  it("that would ruin a regular expression is answered like any other", async () => {
    for (const q of [".*(a+)+$", `${"(a+)+".repeat(99)}$`, "a".repeat(500), "a b ".repeat(10)]) {
      await search(ada, q);
      await expectQuick(100, () => search(ada, q));
    }
  });
});
