import * as z from "zod";
import { Id, Timestamp } from "../primitives";

/** A file as members of its message's channel see it. Its address answers with a redirect that lives five minutes. */
export const File = z
  .object({
    id: Id,
    /** As the sender called it, made harmless: on one line, without a path. */
    name: z.string(),
    /** In bytes. */
    size: z.int().min(0),
    /** The media type told by its first bytes, whatever was said of it: `application/octet-stream` when they tell nothing. */
    type: z.string(),
    url: z.string(),
    /** Of pictures only. */
    thumbnailUrl: z.string().nullable(),
    /** In pixels, as shown: known before a picture or film loads, so that nothing jumps. */
    width: z.int().nullable(),
    height: z.int().nullable(),
  })
  .meta({ id: "File" });
export type File = z.infer<typeof File>;

/** A file in its place: who uploaded it, the message of the channel that shows it, and when it was first sent. */
export const ChannelFile = File.extend({ userId: Id, messageId: Id, createdAt: Timestamp }).meta({ id: "ChannelFile" });
export type ChannelFile = z.infer<typeof ChannelFile>;

/** The file itself, or its small picture. */
export const FileVariant = z.enum(["original", "thumbnail"]);
export type FileVariant = z.infer<typeof FileVariant>;

/** The largest file, in bytes: 50 MB. */
export const fileSizeLimit = 50 * 1024 * 1024;

/** How many files one message carries at most. */
export const filesPerMessage = 10;
