import { SendEmailCommand, SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import type { Config } from "../config";
import type { Letter } from "./letter";
import type { Mailer } from "./mailer";
import { writeMime } from "./mime";

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

/** Milliseconds for all tries together; less than the outbox's lease, so that no other process begins meanwhile. */
const patience = 30_000;

/** Amazon SES, or whatever speaks its API at `SES_ENDPOINT`. */
export class SesMailer implements Mailer {
  readonly #client: SESClient;
  readonly #from: string;

  constructor(config: Pick<Config, "AWS_REGION" | "SES_ENDPOINT" | "MAIL_FROM">) {
    this.#from = config.MAIL_FROM;
    this.#client = new SESClient({
      region: config.AWS_REGION,
      // The outbox tries again by itself, and later.
      maxAttempts: 2,
      // Without `throw…` a request that takes too long is only warned of, and hangs.
      requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
      ...(config.SES_ENDPOINT && {
        endpoint: config.SES_ENDPOINT,
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      }),
    });
  }

  async send(letter: Letter): Promise<void> {
    const abortSignal = AbortSignal.timeout(patience);
    const { to, subject, text, html, headers } = letter;
    if (headers) {
      // SendEmail takes no headers of ours.
      const Data = Buffer.from(writeMime(this.#from, { ...letter, headers }));
      await this.#client.send(new SendRawEmailCommand({ Destinations: [to], RawMessage: { Data } }), { abortSignal });
      return;
    }
    await this.#client.send(
      new SendEmailCommand({
        Source: this.#from,
        Destination: { ToAddresses: [to] },
        Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
      }),
      { abortSignal },
    );
  }
}
