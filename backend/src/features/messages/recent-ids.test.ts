import { RecentIds } from "./recent-ids";

describe("recent ids", () => {
  it("are remembered up to the limit, the oldest forgotten first", () => {
    const ids = new RecentIds(2);
    for (const id of ["a", "b", "a", "c"]) ids.add(id);
    expect(["a", "b", "c"].map((id) => ids.has(id))).toEqual([false, true, true]);
  });
});
