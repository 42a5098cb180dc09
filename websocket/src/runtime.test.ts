import { handlerOf } from "./runtime";
import { SecretsServer } from "./testing/secrets-server";

const first = "first 0123456789 abcdefghijklmnopqrstu";
const second = "second 0123456789 abcdefghijklmnopqrst";
const minutes = (count: number) => count * 60_000;

let server: SecretsServer;
let clock: jest.SpyInstance<number>;
let now = Date.now();
beforeAll(async () => {
  server = await SecretsServer.start();
  Object.assign(process.env, {
    API_URL: "https://chat.test",
    JWT_SECRET_ARN: "arn:jwt",
    SERVICE_SECRET_ARN: "arn:service",
    REALTIME_ENDPOINT: "https://live.test",
    ALLOWED_ORIGINS: "https://chat.test",
    METRICS_NAMESPACE: "Test",
  });
  clock = jest.spyOn(Date, "now").mockImplementation(() => now);
});
afterAll(async () => {
  clock.mockRestore();
  await server.close();
});

const secretsInUse = handlerOf((_: object, { config }) =>
  Promise.resolve([config.JWT_SECRET, config.JWT_SECRET_PREVIOUS]),
);

it("a handler that cannot read its secrets fails, and the next event tries again", async () => {
  await expect(secretsInUse({})).rejects.toThrow("no such version");
  server.kept["arn:jwt"] = { AWSCURRENT: first };
  server.kept["arn:service"] = { AWSCURRENT: `service ${first}` };
  expect(await secretsInUse({})).toEqual([first, undefined]);
});

it("keeps them while it is warm, and looks again after five minutes", async () => {
  const { calls } = server;
  server.kept["arn:jwt"] = { AWSCURRENT: second, AWSPREVIOUS: first };
  now += minutes(4);
  expect(await secretsInUse({})).toEqual([first, undefined]);
  expect(server.calls).toBe(calls);
  now += minutes(2);
  expect(await secretsInUse({})).toEqual([second, first]);
});

it("goes on with those it has while Secrets Manager is away", async () => {
  server.isBroken = true;
  now += minutes(6);
  expect(await secretsInUse({})).toEqual([second, first]);
  server.isBroken = false;
});

it("writes down what was counted before the instance is frozen, also when the handler fails", async () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const failing = handlerOf((_: object, { metrics }) => {
    metrics.count("DeliveredEvents", 2);
    return Promise.reject(new Error("broken"));
  });
  await expect(failing({})).rejects.toThrow("broken");
  const lines = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  expect(lines.some((line) => line.includes('"DeliveredEvents":2'))).toBe(true);
});
