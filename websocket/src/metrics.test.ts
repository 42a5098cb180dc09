import { createMetrics } from "./metrics";

it("writes one line in CloudWatch's embedded metric format, and then begins anew", () => {
  const lines: string[] = [];
  const metrics = createMetrics("ConnectBest/test", (line) => lines.push(line));
  metrics.count("DeliveredEvents", 2);
  metrics.count("DeliveredEvents", 3);
  metrics.count("StaleConnections", 0);
  metrics.gauge("QueueAge", 7);
  metrics.gauge("QueueAge", 4);
  metrics.flush();
  metrics.flush();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    _aws: {
      Timestamp: expect.any(Number) as number,
      CloudWatchMetrics: [
        {
          Namespace: "ConnectBest/test",
          Dimensions: [[]],
          Metrics: [
            { Name: "DeliveredEvents", Unit: "Count" },
            { Name: "QueueAge", Unit: "Seconds" },
          ],
        },
      ],
    },
    DeliveredEvents: 5,
    QueueAge: 7,
  });
});

it("writes nothing without a namespace", () => {
  const lines: string[] = [];
  const metrics = createMetrics(undefined, (line) => lines.push(line));
  metrics.count("DeliveredEvents", 1);
  metrics.flush();
  expect(lines).toEqual([]);
});
