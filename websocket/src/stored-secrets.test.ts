import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { secretsManager, withStoredSecrets } from "./stored-secrets";

/** Secrets Manager's protocol, of which one call is needed. */
const kept: Record<string, Record<string, string>> = {};
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const { SecretId, VersionStage } = JSON.parse(text) as { SecretId: string; VersionStage: string };
      const SecretString = kept[SecretId]?.[VersionStage];
      response.setHeader("content-type", "application/x-amz-json-1.1");
      if (SecretString !== undefined) return response.end(JSON.stringify({ SecretString }));
      response.statusCode = 400;
      return response.end(
        JSON.stringify({ __type: "ResourceNotFoundException", message: "There is no such version." }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const environment = { JWT_SECRET_ARN: "arn:jwt", SERVICE_SECRET_ARN: "arn:service", API_URL: "https://chat.test" };

it("reads the present value, and after a change the one before", async () => {
  kept["arn:jwt"] = { AWSCURRENT: "new", AWSPREVIOUS: "old" };
  kept["arn:service"] = { AWSCURRENT: "first" };
  expect(await withStoredSecrets(environment, secretsManager("eu-central-1"))).toEqual({
    ...environment,
    JWT_SECRET: "new",
    JWT_SECRET_PREVIOUS: "old",
    SERVICE_SECRET: "first",
    SERVICE_SECRET_PREVIOUS: undefined,
  });
});

it("fails where there is no secret", async () => {
  kept["arn:service"] = {};
  await expect(withStoredSecrets(environment, secretsManager("eu-central-1"))).rejects.toThrow("no such version");
});

it("leaves alone what is set outright", async () => {
  const set = { JWT_SECRET: "set", SERVICE_SECRET: "set too" };
  expect(await withStoredSecrets(set, secretsManager("eu-central-1"))).toEqual(set);
});
