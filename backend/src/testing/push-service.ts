import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const hkdf = (salt: Buffer, secret: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, length));

/** A browser's side of Web Push: it makes the keys, and reads what was encrypted for them. */
export class PushBrowser {
  readonly #pair = createECDH("prime256v1");
  readonly #auth = randomBytes(16);
  readonly keys: { p256dh: string; auth: string };

  constructor() {
    this.#pair.generateKeys();
    this.keys = { p256dh: this.#pair.getPublicKey("base64url"), auth: this.#auth.toString("base64url") };
  }

  /** `aes128gcm` of one record. https://www.rfc-editor.org/rfc/rfc8291#section-3.4 @throws when it is not for this browser */
  read(body: Buffer): unknown {
    const [salt, sender, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.#pair.getPublicKey(), sender]);
    const secret = hkdf(this.#auth, this.#pair.computeSecret(sender), info, 32);
    const key = hkdf(salt, secret, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
    const nonce = hkdf(salt, secret, Buffer.from("Content-Encoding: nonce\0"), 12);
    const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
    // What follows the delimiter is padding.
    return JSON.parse(text.slice(0, text.lastIndexOf("\u0002")));
  }
}

interface Pushed {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A push service on this machine, without TLS: it keeps what it is sent and answers as it is told to. */
export class PushService {
  readonly pushed: Pushed[] = [];
  /** By path; 201 for the others. */
  readonly answers = new Map<string, number>();

  private constructor(readonly server: Server) {}

  static async start(): Promise<PushService> {
    const server = createServer();
    const service = new PushService(server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const path = request.url ?? "/";
        service.pushed.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(service.answers.get(path) ?? 201, { location: "http://127.0.0.1:1/elsewhere" }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** As a browser would send it. */
export const pushSubscription = { endpoint: "https://push.example.com/send/1", keys: new PushBrowser().keys };
