import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Secrets Manager's protocol, as much of it as is asked: the values of secrets by ARN and label. */
export class SecretsServer {
  /** By ARN, then by label. */
  readonly kept: Record<string, Record<string, string>> = {};
  /** Calls answered. */
  calls = 0;
  /** Answers nothing but 500. */
  isBroken = false;
  readonly #before = { ...process.env };
  readonly #server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      this.calls++;
      const { SecretId, VersionStage } = JSON.parse(text) as { SecretId: string; VersionStage: string };
      const SecretString = this.kept[SecretId]?.[VersionStage];
      response.setHeader("content-type", "application/x-amz-json-1.1");
      if (this.isBroken) {
        response.statusCode = 500;
        response.end(JSON.stringify({ __type: "InternalServiceError", message: "Broken." }));
      } else if (SecretString === undefined) {
        response.statusCode = 400;
        response.end(JSON.stringify({ __type: "ResourceNotFoundException", message: "There is no such version." }));
      } else response.end(JSON.stringify({ SecretString }));
    });
  });

  /** Starts it, and has AWS's client of this process ask it. */
  static async start(): Promise<SecretsServer> {
    const server = new SecretsServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    const { port } = server.#server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    return server;
  }

  async close(): Promise<void> {
    process.env = this.#before;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
