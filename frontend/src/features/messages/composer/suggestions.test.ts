import { aChannel, aState, aUser, id, meId } from "@/testing/factories";
import { translator } from "@/lib/text/translate";
import { channelSuggestions, emojiSuggestions, isCalled, mostSuggestions, personSuggestions } from "./suggestions";

const t = translator("en", {});
const people = (text: string, { isDirect = false, users = [aUser(1), aUser(2)] } = {}) =>
  personSuggestions(users, text, isDirect, meId, t).map(({ insert }) => insert);

test("people are called by their username, and I am not offered to myself", () => {
  expect(people("per")).toEqual(["@person2 "]);
});

test("everybody can be called at once, by the beginning of the word, where more than one person listens", () => {
  expect(people("")).toEqual(["@person2 ", "@channel ", "@here "]);
  expect(people("Cha")).toEqual(["@person2 ", "@channel "]);
  expect(people("he", { users: [] })).toEqual(["@here "]);
  expect(people("", { isDirect: true })).toEqual(["@person2 "]);
});

test("no more are offered than can be looked over", () => {
  const many = Array.from({ length: 20 }, (_, index) => aUser(index + 2));
  expect(people("", { users: many })).toHaveLength(mostSuggestions);
});

const channels = (text: string) =>
  channelSuggestions(
    text,
    aState(
      aChannel({ id: id(7), name: "plan-launch" }),
      aChannel({ id: id(8), name: "launch-party" }),
      aChannel({ id: id(9), name: "old-launch", archivedAt: "2026-01-05T09:00:00.000Z" }),
      aChannel({ id: id(10), type: "dm", name: null, participants: [aUser(1), aUser(2)] }),
    ),
  ).map(({ insert }) => insert);

test("channels by the beginning of their name, then of a word in it; archived ones and conversations are left out", () => {
  expect(channels("lau")).toEqual(["#launch-party ", "#plan-launch "]);
  expect(channels("plan-l")).toEqual(["#plan-launch "]);
  expect(channels("aunch")).toEqual([]);
  expect(channels("")).toEqual(["#launch-party ", "#plan-launch "]);
});

test("capital letters find what small ones do", () => {
  expect(channels("Lau")).toEqual(channels("lau"));
});

test("emoji come in my skin tone and are called by their shortcode", async () => {
  const [thumb] = await emojiSuggestions("+1", 5, t);
  expect(thumb).toMatchObject({ character: "👍🏿", insert: "👍🏿 ", label: ":+1:" });
  expect((await emojiSuggestions("tada", 5, t))[0]?.character).toBe("🎉");
  expect((await emojiSuggestions("e", 0, t)).length).toBe(mostSuggestions);
});

test("somebody is called so if a word of their names begins so, marks within it or not", () => {
  const [ann] = personSuggestions([{ ...aUser(2), name: "Ann Lee", username: "ann.lee+x" }], "", true, meId, t);
  if (!ann) throw new Error("There is one.");
  for (const text of ["", "an", "Lee", "ann.l", "ann.lee+", "x", "ann lee"])
    expect([text, isCalled(ann, text)]).toEqual([text, true]);
  for (const text of ["nn", "ee", "bob", "ann..", "+x+"]) expect([text, isCalled(ann, text)]).toEqual([text, false]);
});
