import * as z from "zod";

/** A MongoDB ObjectId as 24 lower-case hexadecimal characters. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{24}$/, "Must be a 24-character id.")
  .meta({ id: "Id" });
export type Id = z.infer<typeof Id>;

/** UTC, ISO 8601, with milliseconds: `2026-01-31T12:00:00.000Z`. */
export const Timestamp = z.iso.datetime({ precision: 3 }).meta({ id: "Timestamp" });
export type Timestamp = z.infer<typeof Timestamp>;

/** Compared without regard to case: stored and answered in lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Must be at most 254 characters.")
  .pipe(z.email("Must be an e-mail address, like name@example.com."))
  .meta({ id: "Email" });
export type Email = z.infer<typeof Email>;

/** Controls, line breaks, and marks that turn the direction of what stands beside them. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const somethingToRead = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** A name for people, in any script, 2 to 100 characters after trimming. */
export const PersonName = z
  .string()
  .trim()
  .min(2, "Must be at least 2 characters.")
  .max(100, "Must be at most 100 characters.")
  .refine((name) => !unseen.test(name), "Must be on one line, without invisible characters.")
  .refine((name) => somethingToRead.test(name), "Must have letters or digits.");

/** 8 to 128 characters of any script, as Unicode counts them; nothing is trimmed. */
export const Password = z
  .string()
  .refine((password) => [...password].length >= 8, "Must be at least 8 characters.")
  .refine((password) => password.length <= 256 && [...password].length <= 128, "Must be at most 128 characters.")
  .meta({ minLength: 8, maxLength: 128 });

/** How many items a list answers with, 1 to 100. */
export const Limit = z.coerce
  .number("Must be a number from 1 to 100.")
  .int("Must be a whole number.")
  .min(1, "Must be at least 1.")
  .max(100, "Must be at most 100.")
  .default(50);

/** The query of every list that pages by cursor. */
export const CursorQuery = z.object({
  limit: Limit,
  /** Opaque: the `nextCursor` of the page before. */
  cursor: z.string().max(500).optional(),
});

/** What the search boxes for people and channels send. */
export const SearchText = z.string().trim().max(100, "Must be at most 100 characters.");

/** A place in a channel's order of changes (see `Channel.rev`). */
export const Revision = z.int().min(0);

/** An IANA time zone that this runtime knows: `Europe/Berlin`. */
export const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
      return false;
    }
  }, "Must be a time zone, like Europe/Berlin.");

/** A telephone number as people write it. */
export const Phone = z.string().trim().max(40, "Must be at most 40 characters.");
