import { startTestApi, type TestApi } from "../testing/test-api";
import { SharedLimit } from "./shared-limit";
import { SharedTally } from "./shared-tally";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());
afterEach(() => jest.restoreAllMocks());

const tallyOf = (points: number) => new SharedTally(new SharedLimit("test", points, 60));
const useMany = (tally: SharedTally, key: string, times: number) =>
  Array.from({ length: times }, () => tally.use(key)).filter(({ isOver }) => !isOver).length;

describe("a tally", () => {
  it("is exact within a process, and each key has its own", () => {
    const tally = tallyOf(60);
    expect(useMany(tally, "one", 100)).toBe(60);
    expect(tally.use("one")).toMatchObject({ isOver: true, seconds: 60 });
    expect(useMany(tally, "two", 10)).toBe(10);
  });

  it("hears of what other processes let through", async () => {
    const [here, there] = [tallyOf(60), tallyOf(60)];
    expect(useMany(there, "shared", 50)).toBe(50);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(useMany(here, "shared", 10)).toBe(10);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(useMany(here, "shared", 10)).toBe(0);
  });

  it("starts afresh when its time is over", () => {
    const tally = tallyOf(5);
    expect(useMany(tally, "fresh", 9)).toBe(5);
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    expect(useMany(tally, "fresh", 9)).toBe(5);
  });
});
