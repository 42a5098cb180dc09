import { workspaceTopic, type Event } from "@connectbest/contract";
import { createLogger } from "../http/request-log";
import { publish, tellOf, useRealtime } from "./publish";
import { RealtimeRecorder } from "./recorder";

const away = new Error("away");
const updated = (isBookmarked: boolean): Event => ({ type: "bookmark.updated", messageId: "m", isBookmarked });
const presence = (status: "online" | "offline"): Event => ({
  type: "presence",
  userId: "u",
  status,
  statusMessage: null,
});
const tell = (event: Event) => tellOf(["u"], 60, async () => new Map([["u", event]]));

describe("what is told of late", () => {
  let realtime: RealtimeRecorder;
  beforeEach(() => {
    jest.useFakeTimers();
    realtime = new RealtimeRecorder();
    useRealtime(realtime, createLogger("silent"));
  });
  afterEach(() => jest.useRealTimers());

  it("is followed by what was told after it, so that what is old does not come last", async () => {
    jest.spyOn(realtime, "deliver").mockRejectedValueOnce(away);
    publish("t", updated(true));
    await jest.advanceTimersByTimeAsync(100);
    publish("t", updated(false));
    await jest.advanceTimersByTimeAsync(100);
    expect(realtime.to("t")).toEqual([updated(false)]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(realtime.to("t")).toEqual([updated(false), updated(true), updated(false)]);
  });

  it("is followed also by what was under way as it failed", async () => {
    let fail!: (error: Error) => void;
    jest.spyOn(realtime, "deliver").mockReturnValueOnce(new Promise((_, reject) => (fail = reject)));
    publish("t", updated(true));
    publish("t", updated(false));
    await jest.advanceTimersByTimeAsync(100);
    fail(away);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(realtime.to("t").at(-1)).toEqual(updated(false));
    expect(realtime.to("t")).toContainEqual(updated(true));
  });

  it("is also who came and went", async () => {
    jest.spyOn(realtime, "deliver").mockRejectedValueOnce(away);
    await tell(presence("offline"));
    expect(realtime.to(workspaceTopic)).toEqual([]);
    await jest.advanceTimersByTimeAsync(5000);
    expect(realtime.to(workspaceTopic)).toEqual([presence("offline")]);
  });
});
