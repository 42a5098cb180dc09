import { routes, type Event, type Message } from "@connectbest/contract";
import { isBehind } from "@/lib/chat/apply-sync";
import { withChannelList } from "@/lib/chat/channels";
import { withPage } from "@/lib/chat/room";
import { channelSpot } from "@/lib/chat/spot";
import { standingNow } from "@/lib/chat/standing";
import { emptyRoom, type ChatState } from "@/lib/chat/state";
import type { Person } from "./client";
import { stateOf } from "./device";
import type { World } from "./world";

/** How much of a channel is compared: a device may hold more of it than a fresh load brings. */
const tail = 60;

/** Everything loaded anew. */
async function freshLoad({ client }: World, person: Person): Promise<ChatState> {
  const { channels } = await client.call(person, routes.listChannels);
  const rooms: ChatState["rooms"] = Object.fromEntries(
    await Promise.all(
      channels.map(async ({ id }) => {
        const page = await client.call(person, routes.listMessages, { params: { id }, query: { limit: 100 } });
        return [id, withPage(emptyRoom(channelSpot(id)), page, "newest")] as const;
      }),
    ),
  );
  return { ...withChannelList(stateOf(person), channels), rooms };
}

/** What a person would see of it. */
const seen = (state: ChatState) =>
  Object.fromEntries(
    Object.entries(state.channels ?? {}).map(([id, { channel, standing, level }]) => [
      id,
      {
        level,
        name: channel.name,
        memberCount: channel.memberCount,
        lastMessage: channel.lastMessage,
        ...standingNow(standing),
        messages: state.rooms[id]?.messages.slice(-tail),
      },
    ]),
  );

/** What the reference says that a person sees. */
const promised = ({ reference }: World, person: Person) =>
  Object.fromEntries(
    [...reference.channels.values()]
      .filter((channel) => channel.members.has(person.id))
      .map((channel) => {
        const { unread, mentions, lastRead } = reference.unread(channel.id, person.id);
        const timeline = reference.timeline(channel.id);
        const last = timeline.findLast((m) => !m.isNote && !m.isDeleted);
        return [
          channel.id,
          {
            rev: channel.rev,
            memberCount: channel.members.size,
            unreadCount: unread,
            mentionCount: mentions,
            lastReadSeq: lastRead,
            last: last?.id ?? null,
            messages: timeline.slice(-tail).map((m) => ({
              seq: m.seq,
              content: m.isNote ? null : m.content,
              isDeleted: m.isDeleted,
              isPinned: m.isPinned,
              replyCount: m.isNote ? 0 : reference.replies(m.id).filter((reply) => !reply.isDeleted).length,
              reactions: Object.fromEntries([...m.reactions].map(([key, users]) => [key, [...users].sort()])),
            })),
          },
        ];
      }),
  );

const shown = (message: Message) => ({
  seq: message.seq,
  content: message.type === "system" ? null : message.content,
  isDeleted: message.isDeleted,
  isPinned: message.isPinned,
  replyCount: message.replyCount,
  reactions: Object.fromEntries(message.reactions.map(({ emoji, userIds }) => [emoji, [...userIds].sort()])),
});

/** The same of what the system answers. */
const answered = (state: ChatState) =>
  Object.fromEntries(
    Object.entries(state.channels ?? {}).map(([id, { channel, standing }]) => [
      id,
      {
        rev: channel.rev,
        memberCount: channel.memberCount,
        ...standingNow(standing),
        last: channel.lastMessage?.id ?? null,
        messages: (state.rooms[id]?.messages ?? []).slice(-tail).map(shown),
      },
    ]),
  );

async function unreadThreads({ client }: World, person: Person) {
  const { threads, counts } = await client.call(person, routes.listThreads, { query: { limit: 100 } });
  const unread = threads.filter(({ thread }) => thread.unreadCount > 0);
  const order = threads.map(({ thread }) => (thread.unreadCount > 0 ? 0 : 1));
  expect(order).toEqual([...order].sort());
  return {
    counts,
    threads: Object.fromEntries(
      unread.map(({ thread }) => [thread.messageId, { unread: thread.unreadCount, mentions: thread.mentionCount }]),
    ),
  };
}

/** What the reference says of somebody's threads. */
function promisedThreads({ reference }: World, person: Person) {
  const threads = Object.fromEntries(reference.threads(person.id));
  const mentionCount = Object.values(threads).reduce((sum, { mentions }) => sum + mentions, 0);
  return { counts: { unreadCount: Object.keys(threads).length, mentionCount }, threads };
}

/** One person's fresh load equals the reference, and each of their devices equals the fresh load. */
async function judge(world: World, person: Person): Promise<void> {
  const fresh = await freshLoad(world, person);
  expect(answered(fresh)).toEqual(promised(world, person));
  expect(await unreadThreads(world, person)).toEqual(promisedThreads(world, person));
  for (const device of world.devices) {
    if (device.userId !== person.id || !device.isConnected) continue;
    expect<Event[]>(device.strays).toEqual([]);
    if (device.hearing === "perfect") {
      // Heard everything: it needs no sync to be right.
      expect({ isBehind: isBehind(device.state) }).toEqual({ isBehind: false });
      await device.openAll();
    } else {
      device.release();
      await device.sync();
    }
    expect(seen(device.state)).toEqual(seen(fresh));
  }
}

export async function judgeAll(world: World): Promise<void> {
  await world.settle();
  for (const person of world.people) await judge(world, person);
}
