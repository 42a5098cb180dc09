import { aChannel, aMembership, aState, aUser, at, channelId, id, meId } from "@/testing/factories";
import { choicesFor } from "./choices";

const said = (minute: number) => ({ id: id(9), userId: id(2), userName: "Noor", excerpt: "", createdAt: at(minute) });
const dm = aChannel({
  id: id(7),
  type: "dm",
  name: null,
  participants: [aUser(1), aUser(2, { name: "Noor Haddad" })],
  lastMessage: said(1),
});
const launch = aChannel({
  id: id(8),
  name: "plan-launch",
  membership: aMembership({ unreadCount: 2 }),
  lastMessage: said(2),
});
const state = aState(dm, launch, aChannel());
const someone = [aUser(2, { name: "Noor Haddad" }), aUser(3, { name: "Nils" }), aUser(1)];
const views = [
  { name: "Search", href: "/search" },
  { name: "Channels", href: "/channels" },
];
const choices = (text: string, more: Partial<Parameters<typeof choicesFor>[2]> = {}) =>
  choicesFor(state, text, { people: someone, views, recent: [], currentId: null, ...more });
const names = (...given: Parameters<typeof choices>) => choices(...given).map((choice) => choice.name);

test("without a word: my conversations, the latest first, and nobody else", () => {
  expect(names("")).toEqual(["plan-launch", "Noor Haddad", "general"]);
});

test("without a word: where I was last stands first, and where I am stands last", () => {
  expect(names("", { recent: [channelId, id(7)] })).toEqual(["general", "Noor Haddad", "plan-launch"]);
  expect(names("", { recent: [id(8), channelId], currentId: id(8) })).toEqual([
    "general",
    "Noor Haddad",
    "plan-launch",
  ]);
});

test("finds by the beginning of any word, and people I have not written to once", () => {
  expect(names("lau")).toContain("plan-launch");
  expect(names("#gen")).toContain("general");
  expect(names("n")).toEqual(expect.arrayContaining(["Noor Haddad", "Nils"]));
  expect(names("n").filter((name) => name === "Noor Haddad")).toHaveLength(1);
});

test("never offers me myself", () => {
  expect(choices("person", { people: [aUser(1)] }).some((choice) => choice.person?.id === meId)).toBe(false);
});

test("what fits best stands first; of what fits alike, where I was last", () => {
  expect(names("general")[0]).toBe("general");
  expect(names("lnch")).toContain("plan-launch");
  const plans = aState(launch, aChannel({ id: id(6), name: "plan-party" }));
  const found = (recent: string[]) =>
    choicesFor(plans, "plan", { people: [], views: [], recent, currentId: null }).map((choice) => choice.name);
  expect(found([id(6)])).toEqual(["plan-party", "plan-launch"]);
  expect(found([id(8), id(6)])).toEqual(["plan-launch", "plan-party"]);
});

test("a group is found by who is in it, and is nobody's own conversation", () => {
  const group = aChannel({
    id: id(5),
    type: "dm",
    name: null,
    participants: [aUser(1), aUser(2, { name: "Noor Haddad" }), aUser(3, { name: "Nils Berg" })],
  });
  const found = choicesFor(aState(group), "nils", {
    people: [aUser(3, { name: "Nils Berg" })],
    views: [],
    recent: [],
    currentId: null,
  });
  expect(found.map(({ name, person }) => [name, person?.name ?? null])).toEqual(
    expect.arrayContaining([
      ["Noor, Nils", null],
      ["Nils Berg", "Nils Berg"],
    ]),
  );
});

test("pages are found by their name, and shown only when they are asked for", () => {
  expect(choices("sea").map(({ kind, href }) => [kind, href])).toContainEqual(["view", "/search"]);
  expect(choices("").some(({ kind }) => kind === "view")).toBe(false);
});

test("tells what is unread there", () => {
  expect(choices("plan-launch")[0]).toMatchObject({ unreadCount: 2, kind: "public" });
});
