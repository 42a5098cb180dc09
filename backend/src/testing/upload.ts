import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { routes, type File, type Message } from "@connectbest/contract";
import request, { type Response } from "supertest";
import type { Account, TestApi } from "./test-api";

interface SentFile {
  bytes: Buffer;
  name?: string;
  /** What is said of its type; otherwise what the name's ending says. */
  type?: string;
}

/** Sends a file as a form does. */
export const sendFile = (api: TestApi, { token }: { token: string }, file: SentFile, path = "/api/upload") =>
  request(api.app)
    .post(path)
    .set("authorization", `Bearer ${token}`)
    .attach("file", file.bytes, {
      filename: file.name ?? "notes.txt",
      ...(file.type && { contentType: file.type }),
    });

/** The file, once it is uploaded. @throws when it is refused */
export async function uploadFile(api: TestApi, person: Account, file: SentFile): Promise<File> {
  const response = await sendFile(api, person, file);
  if (response.status !== 201) throw new Error(`upload: ${response.status} ${response.text}`);
  return routes.uploadFile.response.parse(response.body).file;
}

/** Uploads a file and sends it with a message. */
export async function postFile(
  api: TestApi,
  person: Account,
  channelId: string,
  sent: SentFile,
): Promise<{ file: File; message: Message }> {
  const file = await uploadFile(api, person, sent);
  const { message } = await api.call(routes.postMessage, {
    token: person.token,
    params: { id: channelId },
    body: { content: "see this", fileIds: [file.id] },
  });
  return { file, message };
}

/** Where a file's own address leads to. @throws when it is refused */
export async function addressOf(api: TestApi, { token }: { token: string }, url: string): Promise<string> {
  const response = await request(api.app).get(url).set("authorization", `Bearer ${token}`);
  const location = response.headers["location"];
  if (response.status !== 302 || !location) throw new Error(`${url}: ${response.status} ${response.text}`);
  return location;
}

/** The bytes behind a file's own address, on the disk driver. */
export async function readFile(
  api: TestApi,
  person: { token: string },
  url: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const call = request(api.app).get(await addressOf(api, person, url));
  return call.set(headers).buffer(true).parse(collect);
}

/** Whatever its type: bytes. */
function collect(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  // superagent's types call the stream what it becomes.
  buffer(response as unknown as Readable).then(
    (body) => done(null, body),
    (error: Error) => done(error, Buffer.alloc(0)),
  );
}
