import type { User } from "@connectbest/contract";
import { createChatStore } from "@/lib/chat/store";
import { aState, aUser, id } from "@/testing/factories";
import { People } from "./people";

const setUp = () => {
  const store = createChatStore({ ...aState(), people: { [id(1)]: aUser(1) } });
  const asked: { id: string; answer(user: User): void; fail(): void }[] = [];
  const people = new People({
    store,
    load: (of) => new Promise((answer, reject) => asked.push({ id: of, answer, fail: () => reject(new Error("no")) })),
  });
  return { people, store, asked, ids: () => asked.map((one) => one.id) };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("whoever is not known is asked for, once", async () => {
  const { people, store, asked, ids } = setUp();
  people.need([id(1), id(2), id(2), id(3)]);
  people.need([id(2)]);
  expect(ids()).toEqual([id(2), id(3)]);
  asked[0]?.answer(aUser(2));
  await settle();
  expect(store.get().people[id(2)]).toEqual(aUser(2));
  expect(store.get().people[id(1)]).toEqual(aUser(1));
  people.need([id(2)]);
  expect(asked).toHaveLength(2);
});

test("whoever did not come is asked for when needed again", async () => {
  const { people, asked, ids } = setUp();
  people.need([id(2)]);
  asked[0]?.fail();
  await settle();
  people.need([id(2)]);
  expect(ids()).toEqual([id(2), id(2)]);
});
