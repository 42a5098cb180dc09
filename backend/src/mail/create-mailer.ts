import type { Config } from "../config";
import type { Mailer } from "./mailer";
import { SesMailer } from "./ses-mailer";
import { SmtpMailer } from "./smtp-mailer";

/** With SMTP_URL mail leaves through that server, otherwise through SES. */
export const createMailer = (config: Config): Mailer =>
  config.SMTP_URL ? new SmtpMailer(config) : new SesMailer(config);
