import { parseConfig } from "./config";

const good = {
  MONGODB_URI: "mongodb://localhost/chat",
  JWT_SECRET: "j".repeat(32),
  SERVICE_SECRET: "s".repeat(32),
  REALTIME_URL: "wss://live.example.com",
  REALTIME_ENDPOINT: "https://live.example.com",
};

describe("the environment", () => {
  it("is taken with its defaults", () => {
    expect(parseConfig(good)).toMatchObject({ PORT: 5001, BCRYPT_COST: 12 });
  });

  it.each([
    [{ JWT_SECRET: undefined }, "JWT_SECRET: is not set"],
    [{ JWT_SECRET: "short" }, "JWT_SECRET: must be at least 32"],
    [{ SERVICE_SECRET: good.JWT_SECRET }, "SERVICE_SECRET: must differ"],
    [{ MONGODB_URI: "postgres://x" }, "MONGODB_URI: must start with mongodb://"],
    [{ REALTIME_URL: "http://x" }, "REALTIME_URL"],
  ])("is refused with the name of what is wrong, and never its value", (change, sentence) => {
    expect(() => parseConfig({ ...good, ...change })).toThrow(sentence);
    expect(() => parseConfig({ ...good, JWT_SECRET: "tell-nobody" })).not.toThrow("tell-nobody");
  });
});
