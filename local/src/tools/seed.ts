import { randomBytes, randomUUID } from "node:crypto";
import type { Channel, Me, Message } from "@connectbest/contract";
import { readLocalConfig } from "../config";
import { channels, directMessages, people, type PersonKey } from "./demo-workspace";

class SeedProblem extends Error {
  constructor(
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }
}

const base = `http://127.0.0.1:${readLocalConfig().PORT_API}/api`;

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

async function signUp(name: string, email: string, password: string): Promise<Session> {
  await call("POST", "/auth/register", { name, email, password });
  return call<Session>("POST", "/auth/login", { email, password }).catch(() => {
    throw new SeedProblem(
      `${email} has an account already: this workspace was seeded before. npm run reset clears it.`,
    );
  });
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
  const post = (key: PersonKey, channelId: string, content: string) =>
    call<{ message: Message }>(
      "POST",
      `/chat/channels/${channelId}/messages`,
      { content, clientMessageId: randomUUID() },
      as(key).token,
    );

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
    for (const [key, content] of messages) await post(key, channel.id, content);
  }
  for (const { between, messages } of directMessages) {
    const [one, other] = between;
    const { channel } = await call<{ channel: Channel }>(
      "POST",
      "/dm",
      { userIds: [as(other).user.id] },
      as(one).token,
    );
    for (const [key, content] of messages) await post(key, channel.id, content);
  }
  const addresses = people.map(({ key }) => `  ${key}@demo.example`).join("\n");
  process.stdout.write(`The demo workspace is ready. Sign in as any of\n${addresses}\nwith the password ${password}\n`);
}

seed().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
