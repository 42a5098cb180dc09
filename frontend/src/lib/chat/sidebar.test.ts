import type { Channel } from "@connectbest/contract";
import { aChannel, aMembership, aState, aUser, at, id, otherId } from "@/testing/factories";
import { sidebarOf } from "./sidebar";

const work = { id: id(50), name: "Work" };
const play = { id: id(51), name: "Play" };
const channel = (n: number, name: string, membership = {}, more: Partial<Channel> = {}) =>
  aChannel({ id: id(n), name, membership: aMembership(membership), ...more });
const dm = (n: number, name: string, minute: number, membership = {}) =>
  aChannel({
    id: id(n),
    type: "dm",
    name: null,
    participants: [aUser(1), aUser(n, { name })],
    membership: aMembership(membership),
    lastMessage: { id: id(n), userId: otherId, userName: name, excerpt: "", createdAt: at(minute) },
  });
const laidOut = (sections: Parameters<typeof sidebarOf>[1], ...channels: Channel[]) => {
  const list = sidebarOf(aState(...channels).channels, sections);
  const ids = (items: typeof list.channels) => items.map((item) => item.channel.id);
  return {
    favourites: ids(list.favourites),
    sections: list.sections.map(({ section, items }) => [section.name, ids(items)]),
    channels: ids(list.channels),
    conversations: ids(list.conversations),
  };
};

test("channels by name as people count, conversations by what was said last", () => {
  const given = [channel(1, "team-10"), channel(2, "team-9"), dm(3, "Ada", 1), dm(4, "Bo", 2)];
  expect(laidOut([], ...given)).toEqual({
    favourites: [],
    sections: [],
    channels: [id(2), id(1)],
    conversations: [id(4), id(3)],
  });
});

test("each stands in one place: a favourite, else its section, else its kind", () => {
  const list = laidOut(
    [work, play],
    channel(1, "both", { isFavourite: true, sectionId: work.id }),
    channel(2, "filed", { sectionId: work.id }),
    dm(3, "Ada", 1, { sectionId: work.id }),
    dm(4, "Bo", 1, { isFavourite: true }),
    channel(5, "plain"),
  );
  expect(list).toEqual({
    favourites: [id(1), id(4)],
    sections: [
      ["Work", [id(2), id(3)]],
      ["Play", []],
    ],
    channels: [id(5)],
    conversations: [],
  });
});

test("sections stand in the order that they were put in", () => {
  expect(laidOut([play, work]).sections.map(([name]) => name)).toEqual(["Play", "Work"]);
});

test("what was in a section that is gone stands where it would without", () => {
  expect(laidOut([play], channel(1, "left", { sectionId: work.id })).channels).toEqual([id(1)]);
});

test("archived ones are left out, favourites too", () => {
  const archived = channel(1, "old", { isFavourite: true }, { archivedAt: at(1) });
  expect(laidOut([], archived)).toMatchObject({ favourites: [], channels: [] });
});

test("before the first list there is nothing", () => {
  expect(sidebarOf(null, [work])).toMatchObject({ channels: [], conversations: [], sections: [{ items: [] }] });
});
