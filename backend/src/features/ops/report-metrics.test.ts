import { createMetrics } from "@connectbest/websocket";
import mongoose from "mongoose";
import { pino } from "pino";
import { OutgoingMailModel } from "../../mail/outgoing-mail.model";
import { startTestApi, type TestApi } from "../../testing/test-api";
import { DeliveryModel, type DeliveryDocument } from "../webhooks/deliveries.model";
import { oldestOverdue } from "./queue-age";
import { MetricsReport } from "./report-metrics";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());
beforeEach(async () => {
  await OutgoingMailModel.deleteMany({});
  await DeliveryModel.deleteMany({});
});

const now = new Date();
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const mail = (dueAt: Date) =>
  OutgoingMailModel.create({ kind: "welcome", to: "ada@example.com", attempts: 0, dueAt, createdAt: now });
const delivery = (dueAt: Date | undefined, status: DeliveryDocument["status"]) =>
  DeliveryModel.create({
    webhookId: new mongoose.Types.ObjectId(),
    event: "message.created",
    messageId: new mongoose.Types.ObjectId(),
    rev: 1,
    payload: "{}",
    status,
    attempts: 0,
    createdAt: now,
    ...(dueAt && { dueAt }),
  });

it("the age of the queues is that of what is most overdue in any of them", async () => {
  expect(await oldestOverdue(now)).toBe(0);
  await mail(ago(-60));
  expect(await oldestOverdue(now)).toBe(0);
  await mail(ago(30));
  await mail(ago(20));
  expect(await oldestOverdue(now)).toBe(30);
  await delivery(ago(90), "waiting");
  await delivery(ago(900), "failed");
  await delivery(undefined, "delivered");
  expect(await oldestOverdue(now)).toBe(90);
});

it("a report tells what was counted and how old the queues are, also when it is ended", async () => {
  const lines: string[] = [];
  const metrics = createMetrics("Test", (line) => lines.push(line));
  const report = new MetricsReport(metrics, pino({ enabled: false }));
  await mail(ago(45));
  metrics.count("DeliveredEvents", 3);
  await report.report();
  const told = JSON.parse(lines[0] ?? "") as { QueueAge: number };
  expect(told).toMatchObject({ DeliveredEvents: 3 });
  expect(told.QueueAge).toBeGreaterThanOrEqual(45);
  metrics.count("DeliveredEvents", 1);
  await report.stop();
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ DeliveredEvents: 1 });
});
