import webPush from "web-push";
import { parseConfig, parseDataConfig } from "./config";

const good = {
  MONGODB_URI: "mongodb://localhost/chat",
  JWT_SECRET: "jwt 0123456789 abcdefghijklmnopqrs",
  SERVICE_SECRET: "service 0123456789 abcdefghijklmno",
  FRONTEND_SECRET: "frontend 0123456789 abcdefghijklm",
  ENCRYPTION_KEY: "encryption 0123456789 abcdefghijkl",
  PUBLIC_URL: "https://chat.test/",
  REALTIME_URL: "wss://live.example.com",
  REALTIME_ENDPOINT: "https://live.example.com",
};

const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const vapid = {
  VAPID_PUBLIC_KEY: publicKey,
  VAPID_PRIVATE_KEY: privateKey,
  VAPID_SUBJECT: "mailto:operator@chat.test",
};

describe("the environment", () => {
  it("is taken with its defaults", () => {
    const unset = { GOOGLE_CLIENT_ID: "", ENCRYPTION_KEY_PREVIOUS: "" };
    expect(parseConfig({ ...good, ...unset })).toMatchObject({
      PORT: 5001,
      BCRYPT_COST: 12,
      PUBLIC_URL: "https://chat.test",
      MESSAGES_PER_MINUTE: 60,
    });
  });

  it("may have the three that push messages need, or none", () => {
    expect(parseConfig({ ...good, ...vapid })).toMatchObject(vapid);
    expect(parseConfig({ ...good, VAPID_PUBLIC_KEY: "", VAPID_PRIVATE_KEY: "" }).VAPID_PUBLIC_KEY).toBeUndefined();
  });

  it.each([
    [{ JWT_SECRET: undefined }, "JWT_SECRET: is not set"],
    [{ JWT_SECRET: "short" }, "JWT_SECRET: must be at least 32"],
    [{ SERVICE_SECRET: good.JWT_SECRET }, "SERVICE_SECRET: must differ from JWT_SECRET"],
    [{ ENCRYPTION_KEY: undefined }, "ENCRYPTION_KEY: is not set"],
    [{ FRONTEND_SECRET: "please-change-me-please-change-me-" }, "FRONTEND_SECRET: is a placeholder"],
    [{ JWT_SECRET: "abababababababababababababababababab" }, "JWT_SECRET: is not random"],
    [{ PUBLIC_URL: "javascript:alert(1)" }, "PUBLIC_URL"],
    [{ MONGODB_URI: "postgres://x" }, "MONGODB_URI: must start with mongodb://"],
    [{ REALTIME_URL: "http://x" }, "REALTIME_URL"],
    [{ ...vapid, VAPID_SUBJECT: undefined }, "VAPID_SUBJECT: is not set"],
    [{ VAPID_PRIVATE_KEY: privateKey }, "VAPID_PUBLIC_KEY: is not set"],
    [{ ...vapid, VAPID_SUBJECT: "operator@chat.test" }, "VAPID_SUBJECT: must be a mailto: or https: address"],
    [{ ...vapid, VAPID_PRIVATE_KEY: "short" }, "VAPID_PRIVATE_KEY: must be at least 32"],
    [{ ...vapid, VAPID_PRIVATE_KEY: good.JWT_SECRET }, "VAPID_PRIVATE_KEY: must be a private key"],
    [
      { ...vapid, VAPID_PRIVATE_KEY: "_".repeat(33) + privateKey.slice(-10) },
      "VAPID_PRIVATE_KEY: must be a private key",
    ],
    [{ ...vapid, VAPID_PUBLIC_KEY: webPush.generateVAPIDKeys().publicKey }, "VAPID_PUBLIC_KEY: must be the public key"],
    [{ ...vapid, JWT_SECRET: privateKey }, "VAPID_PRIVATE_KEY: must differ from JWT_SECRET"],
    [{ SMTP_URL: "https://chat:hunter2@mail.test" }, "SMTP_URL: must be smtps://"],
    [{ SMTP_URL: "smtp://chat:hunter2@mail.test?tls=off" }, "SMTP_URL: must be smtps://"],
    [{ FILES_STORAGE: "s3" }, "FILES_BUCKET: is not set"],
    [{ FILES_STORAGE: "tape" }, "FILES_STORAGE"],
    [{ S3_ENDPOINT: "file:///etc" }, "S3_ENDPOINT"],
  ])("is refused with the name of what is wrong, and never its value", (change, sentence) => {
    expect(() => parseConfig({ ...good, ...change })).toThrow(sentence);
    expect(() => parseConfig({ ...good, JWT_SECRET: "tell-nobody" })).not.toThrow("tell-nobody");
    expect(() => parseConfig({ ...good, ...vapid, VAPID_SUBJECT: "" })).not.toThrow(privateKey);
  });
});

describe("the environment of the programs that move data", () => {
  it("is the database's address and where files are, without any secret of the API", () => {
    const config = parseDataConfig({ MONGODB_URI: good.MONGODB_URI, FILES_STORAGE: "", JWT_SECRET: "unread" });
    expect(config).toEqual({
      MONGODB_URI: good.MONGODB_URI,
      FILES_STORAGE: "disk",
      FILES_DIRECTORY: ".data/files",
      FILES_BUCKET: "",
      AWS_REGION: "us-east-1",
      BUILD_VERSION: "0.1.0",
    });
  });

  it.each([
    [{}, "MONGODB_URI: is not set"],
    [{ MONGODB_URI: "mysql://secret" }, "MONGODB_URI: must start with mongodb://"],
    [{ MONGODB_URI: good.MONGODB_URI, FILES_STORAGE: "s3" }, "FILES_BUCKET: is not set"],
  ])("%j is refused, naming the variable", (environment, sentence) => {
    expect(() => parseDataConfig(environment)).toThrow(sentence);
    expect(() => parseDataConfig(environment)).not.toThrow("secret");
  });
});
