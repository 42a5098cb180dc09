import * as z from "zod";
import { ChannelFile, File, FileVariant, fileSizeLimit } from "../entities/file";
import { CursorQuery, Id } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });

export const uploadFile = defineRoute({
  method: "post",
  path: "/upload",
  aliases: ["/upload/message-file"],
  access: "user",
  tag: "Files",
  summary: "Upload a file, to be sent with a message within a day. What pictures note of camera and place is removed",
  upload: { maxBytes: fileSizeLimit },
  response: z.object({ file: File }),
  status: 201,
});

export const getFile = defineRoute({
  method: "get",
  path: "/files/:id",
  access: "user",
  tag: "Files",
  summary: "A file: leads to an address that is good for five minutes at most",
  params,
  response: null,
  status: 302,
  errors: ["not_found"],
});

export const getThumbnail = defineRoute({
  method: "get",
  path: "/files/:id/thumbnail",
  access: "user",
  tag: "Files",
  summary:
    "A picture small, at most 720 pixels wide and high: leads to an address that is good for five minutes at most",
  params,
  response: null,
  status: 302,
  errors: ["not_found"],
});

export const fileContent = defineRoute({
  method: "get",
  path: "/files/:id/content",
  access: "public",
  tag: "Files",
  summary: "What `/files/:id` may lead to: the bytes themselves, or a range of them. Its signature is its permission",
  params,
  query: z.object({
    variant: FileVariant,
    /** Unix time, in seconds. */
    expires: z.coerce.number("Must be a number.").int("Must be a whole number."),
    signature: z.string().max(100),
  }),
  response: null,
  download: "*/*",
  status: 200,
  errors: ["forbidden", "not_found"],
});

export const deleteFile = defineRoute({
  method: "delete",
  path: "/files/:id",
  access: "user",
  tag: "Files",
  summary: "Delete a file of mine that no message shows; one that was sent goes with its message",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden", "conflict"],
});

export const listChannelFiles = defineRoute({
  method: "get",
  path: "/chat/channels/:id/files",
  access: "user",
  tag: "Files",
  summary: "The files of a channel, latest sent first",
  params,
  query: CursorQuery,
  response: z.object({ files: z.array(ChannelFile), nextCursor: z.string().nullable() }),
  status: 200,
  errors: ["not_found"],
});
