import { SendEmailCommand, SESClient } from "@aws-sdk/client-ses";
import type { Config } from "../config";
import type { Letter } from "./letter";
import type { Mailer } from "./mailer";

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

  async send({ to, subject, text, html }: Letter): Promise<void> {
    await this.#client.send(
      new SendEmailCommand({
        Source: this.#from,
        Destination: { ToAddresses: [to] },
        Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
      }),
      { abortSignal: AbortSignal.timeout(patience) },
    );
  }
}
