import { parseLambdaConfig } from "./config";

const good = {
  API_URL: "http://127.0.0.1:5001",
  JWT_SECRET: "jwt 0123456789 abcdefghijklmnopqrs",
  SERVICE_SECRET: "service 0123456789 abcdefghijklmno",
  REALTIME_ENDPOINT: "https://live.test",
  ALLOWED_ORIGINS: "https://chat.test",
};

it("the handlers take a whole environment", () => {
  expect(parseLambdaConfig(good)).toMatchObject({ ALLOWED_ORIGINS: ["https://chat.test"] });
});

it.each([
  [{ JWT_SECRET: undefined }, "JWT_SECRET"],
  [{ SERVICE_SECRET: "please-change-me-please-change-me" }, "SERVICE_SECRET: is a placeholder"],
  [{ JWT_SECRET_PREVIOUS: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }, "JWT_SECRET_PREVIOUS: is not random"],
  [{ API_URL: "nowhere" }, "API_URL"],
])("the handlers do not start with a wrong one, and name it without its value (%#)", (change, sentence) => {
  const start = () => parseLambdaConfig({ ...good, ...change });
  expect(start).toThrow(sentence);
  expect(start).not.toThrow("please-change-me-please");
});
