import * as z from "zod";

/** What examples and tutorials put where a secret belongs. */
const placeholder = /change.?me|your.?secret|secret.?here|replace.?(me|this)|example|development.only/i;
const minLength = 32;

/** A secret from the environment: long enough, and not what an example showed. Its value is never told in a message. */
export const secret = z
  .string()
  .min(minLength, `must be at least ${minLength} characters of randomness`)
  .refine((value) => !placeholder.test(value), "is a placeholder: set it to randomness (openssl rand -base64 32)")
  .refine((value) => new Set(value).size >= 8, "is not random: set it to randomness (openssl rand -base64 32)");
