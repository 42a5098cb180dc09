import { randomBytes, randomUUID } from "node:crypto";
import type { Channel, File, Me, Message } from "@connectbest/contract";
import { readLocalConfig } from "../config";
import { drawPicture } from "./demo-picture";
import { channels, directMessages, people, statuses, type DemoMessage, type PersonKey } from "./demo-workspace";

class SeedProblem extends Error {
  constructor(
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }
}

const config = readLocalConfig();
const base = `http://127.0.0.1:${config.PORT_API}/api`;
const inbox = `http://127.0.0.1:${config.PORT_MAIL}/store`;

async function call<T>(method: string, path: string, body?: object, token?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${base}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new SeedProblem(`The API at ${base} does not answer. Run npm start in another terminal first, then seed.`);
  }
  const json = (response.status === 204 ? {} : await response.json()) as T & { error?: string };
  if (!response.ok) throw new SeedProblem(`${method} ${path}: ${json.error ?? response.status}`, response.status);
  return json;
}

interface Session {
  user: Me;
  token: string;
}

interface Mail {
  destination: { to: string[] };
  body: { text?: string };
}

/** The secret of the link that was mailed to an address, from the local inbox. */
async function mailedToken(email: string): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const { emails } = (await (await fetch(inbox)).json()) as { emails: Mail[] };
    const token = emails
      .filter(({ destination }) => destination.to.includes(email))
      .map(({ body }) => /#token=([\w-]+)/.exec(body.text ?? "")?.[1])
      .findLast((found) => found !== undefined);
    if (token) return token;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new SeedProblem(
    `${email} was mailed no link within 10 s. Either it has an account already (this workspace was seeded before: npm run reset clears it), or the inbox at ${inbox} does not work.`,
  );
}

async function signUp(name: string, email: string, password: string): Promise<Session> {
  await call("POST", "/auth/register", { name, email, password });
  await call("POST", "/auth/verify-email", { token: await mailedToken(email) });
  return call<Session>("POST", "/auth/login", { email, password });
}

async function seed(): Promise<void> {
  const password = randomBytes(9).toString("base64url");
  const sessions = new Map<PersonKey, Session>();
  for (const { key, name } of people) sessions.set(key, await signUp(name, `${key}@demo.example`, password));
  const as = (key: PersonKey): Session => {
    const session = sessions.get(key);
    if (!session) throw new SeedProblem(`No such person: ${key}`);
    return session;
  };
  async function upload(key: PersonKey, picture: NonNullable<DemoMessage["picture"]>): Promise<string> {
    const form = new FormData();
    form.set("file", new Blob([drawPicture(picture.width, picture.height)], { type: "image/png" }), picture.name);
    const headers = { authorization: `Bearer ${as(key).token}` };
    const response = await fetch(`${base}/upload`, { method: "POST", headers, body: form });
    if (!response.ok) throw new SeedProblem(`A picture was refused: ${await response.text()}`, response.status);
    return ((await response.json()) as { file: File }).file.id;
  }
  async function send(key: PersonKey, channelId: string, content: string, more: object = {}): Promise<Message> {
    const body = { content, clientMessageId: randomUUID(), ...more };
    const path = `/chat/channels/${channelId}/messages`;
    return (await call<{ message: Message }>("POST", path, body, as(key).token)).message;
  }
  async function post(channelId: string, { by, text, picture, replies = [], ...rest }: DemoMessage): Promise<void> {
    const { id } = await send(by, channelId, text, picture && { fileIds: [await upload(by, picture)] });
    for (const [key, words] of replies) await send(key, channelId, words, { parentMessageId: id });
    for (const [emoji, keys] of Object.entries(rest.reactions ?? {}))
      for (const key of keys)
        await call("PUT", `/chat/messages/${id}/reactions/${encodeURIComponent(emoji)}`, undefined, as(key).token);
    if (rest.isPinned) await call("PUT", `/chat/messages/${id}/pin`, undefined, as(by).token);
  }

  for (const { members, messages, ...draft } of channels) {
    const [founder = "mira", ...others] = members;
    const memberIds = others.map((key) => as(key).user.id);
    const create = (name: string) =>
      call<{ channel: Channel }>("POST", "/chat/channels", { ...draft, name, memberIds }, as(founder).token);
    const { channel } = await create(draft.name).catch((error: unknown) => {
      // Somebody has a channel of that name already: theirs stays as it is.
      if (error instanceof SeedProblem && error.status === 409) return create(`${draft.name}-demo`);
      throw error;
    });
    for (const message of messages) await post(channel.id, message);
  }
  for (const { between, messages } of directMessages) {
    const [one = "mira", ...others] = between;
    const userIds = others.map((key) => as(key).user.id);
    const { channel } = await call<{ channel: Channel }>("POST", "/dm", { userIds }, as(one).token);
    for (const message of messages) await post(channel.id, message);
  }
  for (const [key, status] of Object.entries(statuses))
    await call("PUT", "/users/me/status", { ...status, expiresAt: null }, as(key as PersonKey).token);
  const addresses = people.map(({ key }) => `  ${key}@demo.example`).join("\n");
  process.stdout.write(`The demo workspace is ready. Sign in as any of\n${addresses}\nwith the password ${password}\n`);
}

seed().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
