import { createHash } from "node:crypto";
import bcrypt from "bcrypt";
import mongoose from "mongoose";

const { ObjectId } = mongoose.mongo;
type Db = mongoose.mongo.Db;
type Id = mongoose.mongo.ObjectId;
type Document = mongoose.mongo.BSON.Document;

export const oldPassword = "correct horse battery";

/** `first`: before accounts had settings; `accounts`: with migration 0001, before there were threads, levels and mentions. */
export type OldVersion = "first" | "accounts";

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1000);
const count = (n: number) => Array.from({ length: n }, (_, i) => i);

function oldUser(i: number, passwordHash: string, version: OldVersion): Document {
  const user = {
    _id: new ObjectId(),
    name: `Person ${i}`,
    sortName: `person ${i}`,
    username: `person${i}`,
    email: `person${i}@example.com`,
    passwordHash,
    phone: i % 3 === 0 ? "+4912345" : null,
    avatarUrl: null,
    role: i === 0 ? "admin" : "user",
    searchTerms: [`person ${i}`, "person", `${i}`, `person${i}`],
    createdAt: at(i),
  };
  const added = {
    status: i % 2 === 0 ? "away" : "online",
    statusMessage: null,
    statusExpiresAt: null,
    preferences: { notifications: "mentions", soundEnabled: false, timezone: "Europe/Berlin", theme: "dark" },
    pendingEmail: null,
    twoFactorEnabled: false,
    accessRev: 0,
    suspendedAt: null,
    suspendedReason: null,
    deletedAt: null,
  };
  return version === "first" ? user : { ...user, ...added };
}

/** A channel with its members and its messages, as they were written then. */
function oldChannel(i: number, users: Document[], length: number) {
  const channelId = new ObjectId();
  const type = (["public", "private", "dm"] as const)[i % 3] ?? "public";
  const size = type === "dm" ? 2 : 12;
  const people = count(size).map((n) => users[(i * 7 + n) % users.length]?.["_id"] as Id);
  const messages = count(length).map((n) => ({
    _id: new ObjectId(),
    channelId,
    seq: n + 1,
    rev: n + 1,
    position: n + 1,
    userId: people[n % size],
    content: `message ${n} of ${i} – ünïcödé 🎉`,
    clientMessageId: `${channelId.toHexString()}-${n}`,
    createdAt: at(1000 + n),
    updatedAt: at(1000 + n),
  }));
  const last = messages.at(-1);
  const channel = {
    _id: channelId,
    type,
    name: type === "dm" ? null : `channel-${i}`,
    ...(type === "public" && { publicName: `channel-${i}` }),
    ...(type === "dm" && { dmKey: people.map(String).sort().join(",") }),
    description: null,
    isDefault: i === 0,
    createdBy: people[0],
    createdAt: at(500),
    memberCount: size,
    rev: length,
    messageCount: length,
    lastMessage: last
      ? { id: last._id, userId: last.userId, userName: "Person", excerpt: last.content, createdAt: last.createdAt }
      : null,
  };
  const members = people.map((userId, n) => ({
    _id: new ObjectId(),
    channelId,
    userId,
    role: n === 0 ? "admin" : "member",
    joinedAt: at(600 + n),
    lastReadSeq: Math.min(n, length),
    readCount: Math.min(n, length),
  }));
  return { channel, members, messages };
}

/** The indexes of then, of which one stands in the way of nothing but is too many now. */
async function oldIndexes(db: Db): Promise<void> {
  await db.collection("users").createIndex({ email: 1 }, { unique: true });
  await db.collection("members").createIndex({ channelId: 1, userId: 1 }, { unique: true });
  await db.collection("messages").createIndex({ channelId: 1, seq: 1 }, { unique: true });
  await db.collection("messages").createIndex({ userId: 1, clientMessageId: 1 }, { unique: true });
  await db.collection("burntTickets").createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** A database as an earlier version left it: some hundreds of everything. @returns what was written, by collection */
export async function writeOldData(db: Db, version: OldVersion): Promise<Record<string, Document[]>> {
  const passwordHash = await bcrypt.hash(createHash("sha384").update(oldPassword).digest("base64"), 4);
  const users = count(520).map((i) => oldUser(i, passwordHash, version));
  const channels = count(30).map((i) => oldChannel(i, users, i === 29 ? 0 : 25));
  const sessions = users.map(({ _id }, i) => ({
    _id: new ObjectId(),
    userId: _id as Id,
    createdAt: at(i),
    expiresAt: new Date(Date.now() + 86_400_000),
    ip: "192.0.2.1",
    userAgent: null,
    ...(version === "accounts" && { kind: "session", method: "password", lastSeenAt: null }),
  }));
  const data: Record<string, Document[]> = {
    users,
    sessions,
    channels: channels.map(({ channel }) => channel),
    members: channels.flatMap(({ members }) => members),
    messages: channels.flatMap(({ messages }) => messages),
    workspace: [{ _id: "workspace", ownerId: users[0]?.["_id"] as Id }],
  };
  await oldIndexes(db);
  for (const [name, documents] of Object.entries(data)) await db.collection(name).insertMany(documents);
  await db.collection("burntTickets").insertOne({ expiresAt: at(0) });
  if (version === "accounts") await db.collection("migrations").insertOne({ _id: "0001-accounts" as never, at: at(0) });
  return data;
}
