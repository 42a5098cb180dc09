import { routes, type Preferences } from "@connectbest/contract";
import mongoose, { Types } from "mongoose";
import sharp from "sharp";
import request from "supertest";
import { AuditModel } from "../audit/audit.model";
import { MessageModel } from "../messages/messages.model";
import { SessionModel } from "../sessions/sessions.model";
import { UserModel } from "../users/users.model";
import { PushBrowser } from "../../testing/push-service";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { unzip } from "../../testing/unzip";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const upload = (person: Account, bytes: Buffer, name = "me.jpg") =>
  request(api.app)
    .post("/api/users/me/avatar")
    .set("authorization", `Bearer ${person.token}`)
    .attach("file", bytes, name);

/** A photograph as a telephone makes it: wide, and with where it was taken. */
const photograph = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: "#884422" } })
    .jpeg()
    .withExif({ IFD0: { Make: "Secret Camera" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .toBuffer();

describe("a picture", () => {
  it("becomes a square without what the camera noted, and has an address that changes with it", async () => {
    const person = await api.signUp();
    const response = await upload(person, await photograph());
    const { user } = routes.setAvatar.response.parse(response.body);
    const other = await api.signUp();
    const shown = await request(api.app)
      .get(user.avatarUrl ?? "")
      .set("authorization", `Bearer ${other.token}`);
    expect([shown.status, shown.type]).toEqual([200, "image/webp"]);
    expect(shown.headers["cache-control"]).toBe("private, max-age=31536000, immutable");
    const image = await sharp(shown.body as Buffer).metadata();
    expect([image.width, image.height, image.exif]).toEqual([256, 256, undefined]);
    expect((await request(api.app).get(user.avatarUrl ?? "")).status).toBe(401);

    const removed = await api.call(routes.removeAvatar, { token: person.token });
    expect(removed.user.avatarUrl).toBeNull();
    expect((await api.send(routes.getAvatar, { token: other.token, params: { id: person.id } })).status).toBe(404);
  });

  it("is what its bytes say, whatever it is called", async () => {
    const person = await api.signUp();
    const svg = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`,
    );
    for (const bytes of [
      svg,
      Buffer.from("<html><script>1</script>"),
      Buffer.from("GIF89a<script>"),
      Buffer.alloc(0),
    ]) {
      const refused = await upload(person, bytes, "me.png");
      expect([400, 415]).toContain(refused.status);
    }
    expect((await api.call(routes.me, { token: person.token })).user.avatarUrl).toBeNull();
  });

  it("is refused when it is too large, in bytes or in pixels", async () => {
    const person = await api.signUp();
    expect((await upload(person, Buffer.alloc(5 * 1024 * 1024 + 1))).status).toBe(413);
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect((await upload(person, bomb)).status).toBe(415);
  });

  it("comes as a form with a file, and as nothing else", async () => {
    const { token } = await api.signUp();
    const send = () => request(api.app).post("/api/users/me/avatar").set("authorization", `Bearer ${token}`);
    expect((await send().send({ file: "x" })).status).toBe(415);
    expect((await send().field("file", "text")).status).toBe(400);
    expect((await send().attach("other", Buffer.from("x"), "x.png")).status).toBe(400);
    expect((await send().set("content-type", "multipart/form-data; boundary=x").send("--x\r\nbroken")).status).toBe(
      400,
    );
  });
});

describe("a status", () => {
  it("is seen by others until its time is over", async () => {
    const [person, other] = [await api.signUp(), await api.signUp()];
    const expiresAt = new Date(Date.now() + 400).toISOString();
    const body = { status: "inmeeting" as const, statusMessage: "Back at three", expiresAt };
    await api.call(routes.setStatus, { token: person.token, body });
    const seen = async () => (await api.call(routes.getUser, { token: other.token, params: { id: person.id } })).user;
    expect(await seen()).toMatchObject({ status: "inmeeting", statusMessage: "Back at three" });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(await seen()).toMatchObject({ status: "online", statusMessage: null });
  });

  it("does not end before it begins", async () => {
    const { token } = await api.signUp();
    const body = { status: "busy" as const, expiresAt: new Date(Date.now() - 1000).toISOString() };
    expect((await api.send(routes.setStatus, { token, body })).status).toBe(400);
  });
});

describe("preferences", () => {
  it("change one by one", async () => {
    const { token } = await api.signUp();
    await api.call(routes.updateMe, { token, body: { preferences: { theme: "dark" } } });
    await api.call(routes.updateMe, { token, body: { preferences: { timezone: "Asia/Tokyo" } } });
    const { user } = await api.call(routes.me, { token });
    expect(user.preferences).toMatchObject({ theme: "dark", timezone: "Asia/Tokyo", soundEnabled: true });
    const wrong = await api.send(routes.updateMe, { token, body: { preferences: { timezone: "Nowhere/Land" } } });
    expect(wrong.status).toBe(400);
  });

  const initial: Preferences = {
    notifications: "all",
    soundEnabled: true,
    timezone: "UTC",
    theme: "system",
    language: "system",
    density: "comfortable",
    timeFormat: "system",
    enterKey: "send",
    skinTone: 0,
    tourDone: false,
  };
  /** Another value of each, and one that there is not. */
  const changes: Record<keyof Preferences, [unknown, unknown]> = {
    notifications: ["mentions", "some"],
    soundEnabled: [false, "no"],
    timezone: ["Europe/Berlin", "Nowhere/Land"],
    theme: ["light", "blue"],
    language: ["de", "fr"],
    density: ["compact", "loose"],
    timeFormat: ["24h", "25h"],
    enterKey: ["newline", "shout"],
    skinTone: [5, 6],
    tourDone: [true, "yes"],
  };
  const change = (token: string, preferences: Record<string, unknown>) =>
    api.send(routes.updateMe, { token, body: { preferences: preferences as Partial<Preferences> } });
  const preferencesOf = async (token: string) => (await api.call(routes.me, { token })).user.preferences;

  it("begin as most people want them", async () => {
    expect(await preferencesOf((await api.signUp()).token)).toEqual(initial);
  });

  it("of whoever came before there were so many are what the newcomer has, beside their own", async () => {
    const { token, email } = await api.signUp();
    const old = { notifications: "nothing", soundEnabled: false, timezone: "Asia/Tokyo", theme: "dark" };
    await UserModel.collection.updateOne({ email }, { $set: { preferences: old } });
    expect(await preferencesOf(token)).toEqual({ ...initial, ...old });
    await change(token, { density: "compact" });
    expect(await preferencesOf(token)).toEqual({ ...initial, ...old, density: "compact" });
  });

  it.each(Object.entries(changes))("of which %s is changed, and no other", async (name, [value]) => {
    const { token } = await api.signUp();
    const answer = await change(token, { [name]: value });
    expect(answer.body).toMatchObject({ user: { preferences: { ...initial, [name]: value } } });
    expect(await preferencesOf(token)).toEqual({ ...initial, [name]: value });
  });

  it("are changed several at once, or not at all", async () => {
    const { token } = await api.signUp();
    expect((await change(token, { density: "compact", skinTone: 3, language: "fr" })).status).toBe(400);
    expect(await preferencesOf(token)).toEqual(initial);
    expect((await change(token, { density: "compact", skinTone: 3, language: "de" })).status).toBe(200);
    expect(await preferencesOf(token)).toEqual({ ...initial, density: "compact", skinTone: 3, language: "de" });
  });

  it("know no other values", async () => {
    const { token } = await api.signUp();
    const wrong: [string, unknown][] = [
      ...Object.entries(changes).map(([name, [, value]]): [string, unknown] => [name, value]),
      ...Object.keys(changes).map((name): [string, unknown] => [name, null]),
      ["skinTone", -1],
      ["skinTone", 2.5],
      ["skinTone", "3"],
      ["tourDone", 1],
    ];
    for (const [name, value] of wrong) {
      const { status, body } = await change(token, { [name]: value });
      expect([name, value, status, (body as { details?: { path: string }[] }).details?.[0]?.path]).toEqual([
        name,
        value,
        400,
        `body.preferences.${name}`,
      ]);
    }
    expect(await preferencesOf(token)).toEqual(initial);
  });

  it("are nobody else's to see", async () => {
    const [ada, bob] = [await api.signUp(), await api.signUp()];
    const { body } = await api.send(routes.getUser, { token: bob.token, params: { id: ada.id } });
    expect(JSON.stringify(body)).not.toContain("preferences");
  });
});

/** Everything that is somebody's alone, in one channel. */
async function keepPersonal(person: Account, channelId: string): Promise<void> {
  const { token } = person;
  const later = new Date(Date.now() + 3600_000).toISOString();
  const { id } = await api.post(person, channelId, "something to keep");
  await api.call(routes.saveDraft, { token, params: { channelId }, body: { content: "begun" } });
  await api.call(routes.scheduleMessage, { token, body: { channelId, content: "planned", sendAt: later } });
  await api.call(routes.createReminder, { token, body: { messageId: id, remindAt: later, note: "to remember" } });
  await api.call(routes.addBookmark, { token, params: { id } });
  await api.call(routes.updateNotificationSettings, { token, body: { keywords: ["my secret word"] } });
  const keys = new PushBrowser().keys;
  const endpoint = `https://push.example.com/of/${person.id}`;
  await api.call(routes.subscribePush, { token, body: { endpoint, keys } });
}

describe("the export", () => {
  it("holds what is mine, for programs and for reading, and nothing of others", async () => {
    const [person, other] = [await api.signUp("Ada <b>Lovelace</b>"), await api.signUp()];
    const channel = await api.createChannel(person, [other], "private");
    await api.post(person, channel.id, "<script>first</script>");
    await api.post(other, channel.id, "somebody else's words");
    await api.post(person, channel.id, "second\nline");
    await upload(person, await photograph());
    await keepPersonal(person, channel.id);
    const response = await request(api.app)
      .get("/api/users/me/export")
      .set("authorization", `Bearer ${person.token}`)
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => done(null, Buffer.concat(chunks)));
      });
    expect(response.headers["content-disposition"]).toMatch(/^attachment; filename="connectbest-[\w.-]+\.zip"$/);
    const files = unzip(response.body as Buffer);
    const read = (name: string) => files.get(name)?.toString() ?? "";
    const messages = JSON.parse(read("messages.json")) as { content: string }[];
    expect(messages.map(({ content }) => content)).toEqual([
      "<script>first</script>",
      "second\nline",
      "something to keep",
    ]);
    expect(JSON.parse(read("profile.json"))).toMatchObject({ email: person.email, twoFactorEnabled: false });
    const page = read("index.html");
    expect(page).toContain("&#60;script&#62;first");
    expect(page).not.toMatch(/<script|<b>|somebody else/);
    expect(JSON.parse(read("drafts.json"))).toEqual([expect.objectContaining({ content: "begun" })]);
    expect(JSON.parse(read("scheduled-messages.json"))).toEqual([expect.objectContaining({ content: "planned" })]);
    expect(JSON.parse(read("reminders.json"))).toEqual([expect.objectContaining({ note: "to remember" })]);
    expect(JSON.parse(read("bookmarks.json"))).toHaveLength(1);
    expect(JSON.parse(read("notification-settings.json"))).toMatchObject({ keywords: ["my secret word"] });
    expect(files.get("avatar.webp")?.subarray(8, 12).toString()).toBe("WEBP");
  });
});

describe("an export that cannot be finished", () => {
  it("breaks off instead of looking whole, and harms nobody else", async () => {
    const person = await api.signUp();
    const channel = await api.createChannel(person);
    await api.post(person, channel.id, "something");
    const failing = jest.spyOn(MessageModel, "find").mockImplementation(() => {
      throw new Error("the disk is on fire");
    });
    const broken = request(api.app).get("/api/users/me/export").set("authorization", `Bearer ${person.token}`);
    await expect(broken).rejects.toThrow();
    failing.mockRestore();
    await api.call(routes.me, { token: person.token });
  });
});

describe("deleting my account", () => {
  it("takes the password, and leaves what was written without a person", async () => {
    const [owner, person] = [await api.signUp("Owner"), await api.signUp("Grace Hopper")];
    const channel = await api.createChannel(owner, [person]);
    await api.post(person, channel.id, "I was here");
    const ask = (password: string) => api.send(routes.deleteMe, { token: person.token, body: { password } });
    expect((await ask("wrong password")).status).toBe(403);
    expect((await ask(person.password)).status).toBe(204);
    expect((await api.send(routes.me, { token: person.token })).status).toBe(401);
    const again = { email: person.email, password: person.password };
    expect((await api.send(routes.login, { body: again })).status).toBe(401);
    const { messages } = await api.call(routes.listMessages, { token: owner.token, params: { id: channel.id } });
    expect(messages.map(({ content, user }) => [content, user.name])).toEqual([["I was here", "Deleted user"]]);
    const { user } = await api.call(routes.getUser, { token: owner.token, params: { id: person.id } });
    expect(JSON.stringify(user)).not.toMatch(/grace|hopper/i);
    expect((await api.call(routes.searchUsers, { token: owner.token, query: { query: "grace" } })).users).toEqual([]);
    expect(await api.channelOf(owner, channel.id)).toMatchObject({
      memberCount: 1,
      lastMessage: { userName: "Deleted user" },
    });
    const add = { userId: person.id };
    const refused = await api.send(routes.addMember, { token: owner.token, params: { id: channel.id }, body: add });
    expect(refused.status).toBe(404);
  });

  it("takes along what was theirs alone, and what comes of others later", async () => {
    const [owner, person] = [await api.signUp("Owner"), await api.signUp("Grace Hopper")];
    const channel = await api.createChannel(owner, [person]);
    const body = { userIds: [person.id] };
    const { channel: dm } = await api.call(routes.openDirectMessage, { token: owner.token, body });
    await keepPersonal(person, channel.id);
    await api.call(routes.setSections, { token: person.token, body: { sections: [{ name: "Mine" }] } });
    await api.post(owner, channel.id, `@${person.username}, look`);
    await api.post(owner, dm.id, "are you there?");
    await api.settle();
    const mine = { $or: [{ userId: new Types.ObjectId(person.id) }, { _id: new Types.ObjectId(person.id) }] };
    const personal = [
      ...["drafts", "scheduledMessages", "reminders", "bookmarks", "notificationSettings", "notifications"],
      ...["pushSubscriptions", "sidebars", "sessions"],
    ];
    /** The collections in which something is theirs. */
    const kept = async () => {
      const counts = personal.map((name) => mongoose.connection.collection(name).countDocuments(mine));
      const found = await Promise.all(counts);
      return personal.filter((_, i) => (found[i] ?? 0) > 0);
    };
    expect(await kept()).toEqual(personal);
    await api.call(routes.deleteMe, { token: person.token, body: { password: person.password } });
    await api.post(owner, dm.id, "still there?");
    await api.settle();
    expect(await kept()).toEqual([]);
  });

  it("closes the sockets before the channels are left", async () => {
    const [owner, person] = [await api.signUp("Owner"), await api.signUp("Grace Hopper")];
    await api.createChannel(owner, [person]);
    const order: string[] = [];
    const spies = (["endSession", "unsubscribe"] as const).map((name) =>
      jest.spyOn(api.realtime, name).mockImplementation(async () => void order.push(name)),
    );
    await api.call(routes.deleteMe, { token: person.token, body: { password: person.password } });
    for (const spy of spies) spy.mockRestore();
    expect(order[0]).toBe("endSession");
    expect(order).toContain("unsubscribe");
  });

  it("can be repeated when it failed half-way, however long ago one signed in", async () => {
    const [owner, person] = [await api.signUp("Owner"), await api.signUp("Grace Hopper")];
    const channel = await api.createChannel(owner, [person]);
    await SessionModel.updateMany({ userId: person.id }, { $set: { createdAt: new Date(Date.now() - 3600_000) } });
    const ask = () => api.send(routes.deleteMe, { token: person.token, body: { password: person.password } });
    // Right after the transaction that makes them unknown.
    const { updateMany } = AuditModel;
    const away = jest.spyOn(AuditModel, "updateMany").mockImplementation(((...args: Parameters<typeof updateMany>) => {
      if (!args[2]) throw new Error("away");
      return updateMany.apply(AuditModel, args);
    }) as never);
    expect((await ask()).status).toBe(500);
    away.mockRestore();
    expect((await ask()).status).toBe(204);
    expect((await api.channelOf(owner, channel.id)).memberCount).toBe(1);
    expect((await api.send(routes.me, { token: person.token })).status).toBe(401);
  });

  it("frees the address", async () => {
    const person = await api.signUp();
    await api.call(routes.deleteMe, { token: person.token, body: { password: person.password } });
    await api.register({ email: person.email, password: "another password", name: "Back Again" });
    await api.call(routes.login, { body: { email: person.email, password: "another password" } });
  });
});
