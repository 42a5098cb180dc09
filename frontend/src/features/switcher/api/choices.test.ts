import { aChannel, aMembership, aState, aUser, id, meId } from "@/testing/factories";
import { choicesFor } from "./choices";

const dm = aChannel({ id: id(7), type: "dm", name: null, participants: [aUser(1), aUser(2, { name: "Noor Haddad" })] });
const unread = aChannel({
  id: id(8),
  name: "plan-launch",
  membership: aMembership({ unreadCount: 2 }),
});
const state = aState(dm, unread, aChannel());
const names = (text: string, people = [aUser(2, { name: "Noor Haddad" }), aUser(3, { name: "Nils" }), aUser(1)]) =>
  choicesFor(state, people, text).map((choice) => choice.name);

test("without a word: my conversations, unread first, and nobody else", () => {
  expect(names("")).toHaveLength(3);
  expect(names("")[0]).toBe("plan-launch");
});

test("finds by the beginning of any word, and people I have not written to once", () => {
  expect(names("lau")).toContain("plan-launch");
  expect(names("#gen")).toContain("general");
  expect(names("n")).toEqual(expect.arrayContaining(["Noor Haddad", "Nils"]));
  expect(names("n").filter((name) => name === "Noor Haddad")).toHaveLength(1);
});

test("never offers me myself", () => {
  expect(choicesFor(state, [aUser(1)], "person").some((choice) => choice.person?.id === meId)).toBe(false);
});
