import { parseConfig } from "../../../backend/src/config";
import { ownSecret } from "./own-secret";

const rest = {
  MONGODB_URI: "mongodb://127.0.0.1/chat",
  JWT_SECRET: "a secret of the tests, long enough to be one",
  SERVICE_SECRET: "another secret of the tests, as long as that",
  FRONTEND_SECRET: "a third secret of the tests, for the frontend",
  ENCRYPTION_KEY: "a fourth secret of the tests, for the boxes",
  PUBLIC_URL: "https://chat.test",
  REALTIME_URL: "wss://live.test",
  REALTIME_ENDPOINT: "https://live.test",
  VAPID_SUBJECT: "mailto:operator@chat.test",
};

it("makes a pair of keys that the API takes, another each time, and leaves the rest to fill in", () => {
  const secrets = Array.from({ length: 20 }, ownSecret);
  for (const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } of secrets)
    expect(parseConfig({ ...rest, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY })).toMatchObject({ VAPID_PUBLIC_KEY });
  expect(new Set(secrets.map(({ VAPID_PRIVATE_KEY }) => VAPID_PRIVATE_KEY)).size).toBe(20);
  expect(secrets[0]).toMatchObject({ MONGODB_URI: "", GOOGLE_CLIENT_ID: "", GOOGLE_CLIENT_SECRET: "" });
});
