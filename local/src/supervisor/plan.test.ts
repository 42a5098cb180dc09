import { parseLocalConfig } from "../config";
import { planProcesses } from "./plan";
import type { Secrets } from "./secrets";

const key = (letter: string) => letter.repeat(43);
const secrets: Secrets = {
  jwt: key("j"),
  service: key("s"),
  nextAuth: key("n"),
  frontend: key("f"),
  encryption: key("e"),
  vapid: key("v"),
};

function environments(settings: Record<string, string>) {
  const plans = planProcesses({ config: parseLocalConfig(settings), secrets, root: "/repository", isDev: false });
  return Object.fromEntries(plans.map(({ name, environment }) => [name, environment]));
}

test("each part is given the secrets that it reads, and no other", () => {
  const all = environments({});
  const held = (part: string) => {
    const text = Object.values(all[part] ?? {}).join(" ");
    return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
  };
  expect(held("API")).toEqual(["jwt", "service", "frontend", "encryption", "vapid"]);
  expect(held("Frontend")).toEqual(["nextAuth", "frontend"]);
  expect(held("Gateway")).toEqual(["jwt", "service"]);
  for (const part of ["Database", "DynamoDB", "Mail"]) expect(held(part)).toEqual([]);
});

describe("mail", () => {
  const SMTP_URL = "smtps://chat:hunter2@mail.example.com";

  test("goes to the inbox unless it is told otherwise", () => {
    const api = environments({ SMTP_URL })["API"];
    expect(api).toMatchObject({ SES_ENDPOINT: "http://127.0.0.1:8025" });
    expect(api).not.toHaveProperty("SMTP_URL");
  });

  test("leaves by a server of one's own, whose password the API alone is given", () => {
    const { API, ...others } = environments({ MAIL: "smtp", SMTP_URL });
    expect(API).toMatchObject({ SMTP_URL });
    expect(API).not.toHaveProperty("SES_ENDPOINT");
    expect(JSON.stringify(others)).not.toContain("hunter2");
  });

  test("cannot leave by a server that is not named", () => {
    expect(() => parseLocalConfig({ MAIL: "smtp" })).toThrow(/^SMTP_URL must be set with MAIL=smtp/);
  });
});

describe("files", () => {
  const origin = (settings: Record<string, string>) => environments(settings)["Frontend"]?.["FILES_ORIGIN"];

  test("are read from this machine unless they are in S3, from where the pages must be allowed to read them", () => {
    expect(origin({})).toBeUndefined();
    expect(origin({ FILES_STORAGE: "s3", FILES_BUCKET: "ours" })).toBe("https://ours.s3.us-east-1.amazonaws.com");
    const S3_ENDPOINT = "https://minio.example.com:9000/";
    expect(origin({ FILES_STORAGE: "s3", FILES_BUCKET: "ours", S3_ENDPOINT })).toBe("https://minio.example.com:9000");
  });
});
