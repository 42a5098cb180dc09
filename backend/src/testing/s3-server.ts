import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import S3rver from "@20minutes/s3rver";

export const bucket = "files-of-the-test";

/** The only ones that this server knows; whether they signed, it does not ask. */
export const credentials = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };

/** A server that speaks S3's protocol, on loopback, with one empty bucket. */
export class S3Server {
  private constructor(
    readonly server: S3rver,
    readonly folder: string,
    readonly endpoint: string,
  ) {}

  static async start(port = 0): Promise<S3Server> {
    Object.assign(process.env, credentials);
    const directory = await mkdtemp(path.join(os.tmpdir(), "connectbest-s3-"));
    const server = new S3rver({
      address: "127.0.0.1",
      port,
      silent: true,
      directory,
      allowMismatchedSignatures: true,
      configureBuckets: [{ name: bucket }],
    });
    const address = await server.run();
    return new S3Server(server, directory, `http://127.0.0.1:${address.port}`);
  }

  async stop(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
