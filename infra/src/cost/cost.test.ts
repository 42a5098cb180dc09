import { readFileSync } from "node:fs";
import path from "node:path";
import { resourcesOf } from "../testing/templates";
import { alarmMetrics, averageTasks, costOf } from "./cost";
import { costTable } from "./table";
import { sizes } from "./usage";

const cells = (table: string) =>
  table.split("\n").map((line) => line.split("|").map((cell) => cell.trim().replace(/^(:?-+:?)$/, "-")));

it("the document shows what is reckoned", () => {
  const document = readFileSync(path.join(__dirname, "../../../docs/deployment/cost.md"), "utf8");
  const table = document
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .join("\n");
  expect(cells(table).slice(0, cells(costTable()).length)).toEqual(cells(costTable()));
});

it("an office of ten costs what the machines cost that are always on; with the people grow messages and traffic", () => {
  const [small, , large] = sizes.map(costOf);
  const total = (cost: Record<string, number> = {}) => Object.values(cost).reduce((sum, one) => sum + one, 0);
  expect(small?.["WebSocket (API Gateway)"]).toBeLessThan(1);
  expect(total(small)).toBeGreaterThan(150);
  expect(total(small)).toBeLessThan(250);
  expect(large?.["WebSocket (API Gateway)"]).toBeGreaterThan(1000);
  expect(total(large) / 50_000).toBeLessThan(0.5);
});

it("alarms are paid for by the metrics that they look at", () => {
  const alarms = Object.values(resourcesOf("production", "Observability", "AWS::CloudWatch::Alarm"));
  const metrics = alarms.flatMap(({ Properties }) => {
    const parts = Properties["Metrics"] as { MetricStat?: unknown }[] | undefined;
    return parts ? parts.filter(({ MetricStat }) => MetricStat) : [Properties["MetricName"]];
  });
  expect(metrics).toHaveLength(alarmMetrics);
});

it("tasks follow the working day", () => {
  const [small, middle, large] = sizes.map(averageTasks);
  expect([small, middle]).toEqual([1, 2]);
  expect(large).toBeGreaterThan(5);
  expect(large).toBeLessThan(30);
});
