import { secretsManager, withStoredSecrets } from "./stored-secrets";
import { SecretsServer } from "./testing/secrets-server";

let server: SecretsServer;
beforeAll(async () => (server = await SecretsServer.start()));
afterAll(() => server.close());

const environment = { JWT_SECRET_ARN: "arn:jwt", SERVICE_SECRET_ARN: "arn:service", API_URL: "https://chat.test" };

it("reads the present value, and after a change the one before", async () => {
  server.kept["arn:jwt"] = { AWSCURRENT: "new", AWSPREVIOUS: "old" };
  server.kept["arn:service"] = { AWSCURRENT: "first" };
  expect(await withStoredSecrets(environment, secretsManager("eu-central-1"))).toEqual({
    ...environment,
    JWT_SECRET: "new",
    JWT_SECRET_PREVIOUS: "old",
    SERVICE_SECRET: "first",
    SERVICE_SECRET_PREVIOUS: undefined,
  });
});

it("fails where there is no secret", async () => {
  server.kept["arn:service"] = {};
  await expect(withStoredSecrets(environment, secretsManager("eu-central-1"))).rejects.toThrow("no such version");
});

it("leaves alone what is set outright", async () => {
  const set = { JWT_SECRET: "set", SERVICE_SECRET: "set too" };
  expect(await withStoredSecrets(set, secretsManager("eu-central-1"))).toEqual(set);
});
