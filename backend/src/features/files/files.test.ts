import { routes, type Channel, type File, type Message } from "@connectbest/contract";
import sharp from "sharp";
import request from "supertest";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { addressOf, postFile, readFile, uploadFile } from "../../testing/upload";

let api: TestApi;
let ada: Account;
let bob: Account;
let eve: Account;
let root: Account;
let channel: Channel;
beforeAll(async () => {
  api = await startTestApi();
  root = await api.signUp("Root");
  [ada, bob, eve] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Eve")];
  channel = await api.createChannel(ada, [bob], "private");
});
afterAll(() => api.close());

const bytes = Buffer.from("0123456789abcdefghij");
const text = { bytes, name: "notes.txt" };
const statusOf = async (person: Account, { id }: File) =>
  (await api.send(routes.getFile, { token: person.token, params: { id } })).status;
const remove = async (person: Account, { id }: File) =>
  (await api.send(routes.deleteFile, { token: person.token, params: { id } })).status;
const deleteMessage = ({ id }: Message, { token } = ada) => api.call(routes.deleteMessage, { token, params: { id } });
const forward = async (person: Account, message: Message, to: Channel): Promise<Message> => {
  const body = { channelId: to.id, content: "see this" };
  return (await api.call(routes.forwardMessage, { token: person.token, params: { id: message.id }, body })).message;
};

describe("who may read a file", () => {
  it("is its owner, until it is sent; then those in the channel, for as long as they are in it", async () => {
    const file = await uploadFile(api, ada, text);
    const all = async () => Promise.all([ada, bob, eve, root].map((person) => statusOf(person, file)));
    expect(await all()).toEqual([302, 404, 404, 404]);
    const body = { content: "", fileIds: [file.id] };
    const { message } = await api.call(routes.postMessage, { token: ada.token, params: { id: channel.id }, body });
    expect(message.attachments).toEqual([file]);
    expect(await all()).toEqual([302, 302, 404, 404]);
    expect((await request(api.app).get(file.url)).status).toBe(401);

    const another = await api.createChannel(ada, [bob], "private");
    const sent = await postFile(api, bob, another.id, text);
    const params = { id: another.id, userId: bob.id };
    await api.call(routes.removeMember, { token: ada.token, params });
    expect([await statusOf(ada, sent.file), await statusOf(bob, sent.file)]).toEqual([302, 404]);
  });

  it("is also whoever is where it was forwarded to, while that message is there", async () => {
    const { file, message } = await postFile(api, ada, channel.id, text);
    const other = await api.createChannel(bob, [eve], "private");
    const forwarded = await forward(bob, message, other);
    expect(forwarded.attachments.map(({ id }) => id)).toEqual([file.id]);
    expect(await statusOf(eve, file)).toBe(302);
    await deleteMessage(message);
    expect([await statusOf(ada, file), await statusOf(eve, file)]).toEqual([404, 302]);
    await deleteMessage(forwarded, bob);
    expect(await statusOf(eve, file)).toBe(404);
  });

  it("is nobody once its message is deleted, whatever address they still have", async () => {
    const { file, message } = await postFile(api, ada, channel.id, text);
    const address = await addressOf(api, bob, file.url);
    expect((await request(api.app).get(address)).status).toBe(200);
    await deleteMessage(message);
    expect([await statusOf(bob, file), (await request(api.app).get(address)).status]).toEqual([404, 404]);
  });
});

describe("the address of a file", () => {
  it("is kept for less time than it is good for", async () => {
    const { file } = await postFile(api, ada, channel.id, text);
    const { headers } = await api.send(routes.getFile, { token: bob.token, params: { id: file.id } });
    expect(headers["cache-control"]).toBe("private, max-age=240");
    const query = new URL(headers["location"] ?? "", "http://localhost").searchParams;
    const seconds = Number(query.get("expires")) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(290);
    expect(seconds).toBeLessThanOrEqual(300);
  });

  it("is good for one file, one variant and five minutes, as it was given", async () => {
    const { file } = await postFile(api, ada, channel.id, text);
    const other = await uploadFile(api, ada, text);
    const address = await addressOf(api, ada, file.url);
    const get = async (changed: string) => (await request(api.app).get(changed)).status;
    expect(await get(address)).toBe(200);
    expect(await get(address.replace(file.id, other.id))).toBe(403);
    expect(await get(address.replace("variant=original", "variant=thumbnail"))).toBe(403);
    expect(await get(address.replace(/expires=\d+/, "expires=9999999999"))).toBe(403);
    expect(await get(address.replace(/signature=.*/, "signature="))).toBe(403);
    expect(await get(address.replace(/signature=.*/, `signature=${"A".repeat(43)}`))).toBe(403);
    expect(await get(address.replace(/&signature=.*/, ""))).toBe(400);
    jest.useFakeTimers({
      now: Date.now() + 301_000,
      doNotFake: ["setTimeout", "setImmediate", "nextTick", "setInterval"],
    });
    try {
      expect(await get(address)).toBe(403);
    } finally {
      jest.useRealTimers();
    }
  });

  it("of a thumbnail there is only for pictures", async () => {
    const { file } = await postFile(api, ada, channel.id, text);
    expect(file.thumbnailUrl).toBeNull();
    expect((await api.send(routes.getThumbnail, { token: ada.token, params: { id: file.id } })).status).toBe(404);
  });
});

describe("a part of a file", () => {
  let url: string;
  beforeAll(async () => (url = (await postFile(api, ada, channel.id, text)).file.url));
  const part = async (range: string, more: Record<string, string> = {}) => {
    const { status, headers, body } = await readFile(api, bob, url, { range, ...more });
    return [status, headers["content-range"], headers["content-length"], String(body)];
  };

  it.each([
    ["bytes=0-", 206, "bytes 0-19/20", "20", "0123456789abcdefghij"],
    ["bytes=0-0", 206, "bytes 0-0/20", "1", "0"],
    ["bytes=10-14", 206, "bytes 10-14/20", "5", "abcde"],
    ["bytes=15-999", 206, "bytes 15-19/20", "5", "fghij"],
    ["bytes=-3", 206, "bytes 17-19/20", "3", "hij"],
    ["bytes=-999", 206, "bytes 0-19/20", "20", "0123456789abcdefghij"],
    // Not one range of bytes: the whole is an answer too.
    ["bytes=0-1,5-6", 200, undefined, "20", "0123456789abcdefghij"],
    ["bytes=5-1", 200, undefined, "20", "0123456789abcdefghij"],
    ["bytes=-0", 416, "bytes */20", "0", ""],
    ["bytes=-", 200, undefined, "20", "0123456789abcdefghij"],
    ["lines=0-1", 200, undefined, "20", "0123456789abcdefghij"],
    ["nonsense", 200, undefined, "20", "0123456789abcdefghij"],
    ["bytes=20-", 416, "bytes */20", "0", ""],
  ] as const)("%s", async (range, ...expected) => expect(await part(range)).toEqual(expected));

  it("is not sent to somebody who wants it only if it has not changed: there is no telling", async () => {
    expect(await part("bytes=0-1", { "if-range": `"x"` })).toEqual([200, undefined, "20", String(bytes)]);
  });

  it("may be asked for, and the answer to HEAD has no body", async () => {
    const response = await request(api.app).head(await addressOf(api, bob, url));
    expect([response.status, response.headers["accept-ranges"], response.headers["content-length"]]).toEqual([
      200,
      "bytes",
      "20",
    ]);
  });
});

describe("deleting a file", () => {
  it("is its owner's, as long as no message shows it", async () => {
    const file = await uploadFile(api, ada, text);
    expect([await remove(bob, file), await remove(root, file), await remove(ada, file)]).toEqual([404, 404, 204]);
    expect([await statusOf(ada, file), await remove(ada, file)]).toEqual([404, 404]);
    const body = { content: "", fileIds: [file.id] };
    const late = await api.send(routes.postMessage, { token: ada.token, params: { id: channel.id }, body });
    expect(late.status).toBe(404);
  });

  it("is deleting its message, once it was sent", async () => {
    const { file, message } = await postFile(api, ada, channel.id, text);
    expect([await remove(eve, file), await remove(bob, file)]).toEqual([404, 403]);
    const refused = await api.send(routes.deleteFile, { token: ada.token, params: { id: file.id } });
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ error: "A message shows this file. Delete the message instead." }),
    ]);
    await deleteMessage(message);
    expect(await statusOf(ada, file)).toBe(404);
  });
});

describe("sending files", () => {
  const send = (person: Account, fileIds: string[], more: object = {}) =>
    api.send(routes.postMessage, {
      token: person.token,
      params: { id: channel.id },
      body: { content: "", fileIds, ...more },
    });

  it("keeps their order, ten at most", async () => {
    const files: File[] = [];
    for (let i = 0; i < 10; i++) files.push(await uploadFile(api, ada, { bytes, name: `${i}.txt` }));
    const order = [...files].reverse();
    const sent = await send(
      ada,
      order.map(({ id }) => id),
    );
    expect((sent.body as { message: Message }).message.attachments).toEqual(order);
    const eleven = [...files.map(({ id }) => id), files[0]?.id ?? ""];
    expect((await send(ada, eleven)).status).toBe(400);
  });

  it("takes one's own only, each with one message, and the same one twice", async () => {
    const file = await uploadFile(api, ada, text);
    expect((await send(bob, [file.id])).status).toBe(404);
    expect((await send(ada, ["f".repeat(24)])).status).toBe(404);
    const clientMessageId = crypto.randomUUID();
    const statuses = [
      (await send(ada, [file.id], { clientMessageId })).status,
      (await send(ada, [file.id], { clientMessageId })).status,
    ];
    expect(statuses).toEqual([201, 200]);
    expect((await send(ada, [file.id])).status).toBe(409);
  });

  it("of two messages that want the same at once gives it to one", async () => {
    const file = await uploadFile(api, ada, text);
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(ada, [file.id])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });
});

describe("the files of a channel", () => {
  it("are listed latest first, page by page, to its members", async () => {
    const place = await api.createChannel(ada, [bob], "public");
    const as = { token: bob.token, params: { id: place.id } };
    expect(await api.call(routes.listChannelFiles, as)).toEqual({ files: [], nextCursor: null });
    const picture = await sharp({ create: { width: 20, height: 10, channels: 3, background: "#123456" } })
      .png()
      .toBuffer();
    const early = await uploadFile(api, ada, { bytes: picture, name: "early.png" });
    const [first, second] = [await postFile(api, bob, place.id, text), await postFile(api, ada, place.id, text)];
    const body = { content: "", fileIds: [early.id] };
    const { message } = await api.call(routes.postMessage, { token: ada.token, params: { id: place.id }, body });
    await uploadFile(api, bob, text);

    const { files } = await api.call(routes.listChannelFiles, as);
    expect(files.map(({ id }) => id)).toEqual([early.id, second.file.id, first.file.id]);
    expect(files[0]).toEqual({
      ...early,
      userId: ada.id,
      messageId: message.id,
      createdAt: expect.any(String) as string,
    });
    const paged: string[] = [];
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const page: { files: File[]; nextCursor: string | null } = await api.call(routes.listChannelFiles, {
        ...as,
        query: { limit: 1, ...(cursor && { cursor }) },
      });
      paged.push(...page.files.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(files.map(({ id }) => id));

    const forwarded = await forward(bob, message, channel);
    const elsewhere = await api.call(routes.listChannelFiles, { token: ada.token, params: { id: channel.id } });
    expect(elsewhere.files.find(({ id }) => id === early.id)?.messageId).toBe(forwarded.id);
    await deleteMessage(message);
    expect((await api.call(routes.listChannelFiles, as)).files.map(({ id }) => id)).toEqual([
      second.file.id,
      first.file.id,
    ]);
    expect((await api.send(routes.listChannelFiles, { ...as, token: eve.token })).status).toBe(404);
    expect((await api.send(routes.listChannelFiles, { ...as, query: { cursor: "x" } })).status).toBe(400);
  });
});
