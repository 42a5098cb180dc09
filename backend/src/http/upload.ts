import type { Request, Response } from "express";
import multer, { MulterError, type StorageEngine } from "multer";
import { ApiError, invalidRequest } from "./errors";

/** One file as it was sent: its name and declared type are the sender's word, and not to be trusted. */
export interface UploadedFile {
  bytes: Buffer;
  name: string;
}

/** The same on the disk; whoever took it removes it. */
export interface UploadOnDisk {
  path: string;
  /** In bytes. */
  size: number;
  name: string;
  declaredType: string;
}

function refusal(error: unknown, maxBytes: number): unknown {
  if (!(error instanceof Error) || error instanceof ApiError) return error;
  if (error instanceof MulterError && error.code === "LIMIT_FILE_SIZE")
    return new ApiError("too_large", `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  if (
    error instanceof MulterError ||
    /boundary|end of (form|file)|malformed|header|aborted|closed/i.test(error.message)
  )
    return invalidRequest("Send one file, as multipart/form-data, in the field `file`.");
  return error;
}

/** What a form may hold around its file, in bytes. */
const room = 64 * 1024;

/**
 * Calls `tooLarge` once more has come than is allowed. multer would read a body that is too large to its end before it says
 * so, and a sender who never ends would never hear it.
 */
function watchSize(request: Request, most: number, tooLarge: () => void): void {
  let received = 0;
  const count = (chunk: Buffer) => {
    received += chunk.length;
    if (received <= most) return;
    request.off("data", count);
    tooLarge();
  };
  request.on("data", count);
}

/** Answers at once and then hangs up: what is still under way is not waited for. */
function hangUpAfterAnswer(request: Request, response: Response): void {
  response.setHeader("Connection", "close");
  response.once("finish", () => request.destroy());
}

async function receive(
  request: Request,
  response: Response,
  maxBytes: number,
  storage: StorageEngine,
): Promise<Express.Multer.File> {
  if (!request.is("multipart/form-data"))
    throw new ApiError("unsupported_type", "Send the file as multipart/form-data, in the field `file`.");
  const tooLarge = () => {
    hangUpAfterAnswer(request, response);
    return refusal(new MulterError("LIMIT_FILE_SIZE"), maxBytes);
  };
  // Said before it is sent: then it need not be read to be refused.
  if (Number(request.get("content-length") ?? 0) > maxBytes + room) throw tooLarge();
  const limits = { fileSize: maxBytes, files: 1, fields: 5, fieldSize: 1024, parts: 6 };
  await new Promise<void>((resolve, reject) => {
    // Names as they were sent: what is harmful in them is for whoever keeps them to know.
    multer({ storage, limits, defParamCharset: "utf8", preservePath: true }).single("file")(
      request,
      response,
      (error: unknown) => (error ? reject(refusal(error, maxBytes)) : resolve()),
    );
    watchSize(request, maxBytes + room, () => reject(tooLarge()));
  });
  if (!request.file) throw invalidRequest("Choose a file: the field `file` is empty.");
  return request.file;
}

/** Reads the one file of a small upload into memory. @throws too_large, unsupported_type, invalid_request */
export async function receiveFile(request: Request, response: Response, maxBytes: number): Promise<UploadedFile> {
  const { buffer, originalname } = await receive(request, response, maxBytes, multer.memoryStorage());
  return { bytes: buffer, name: originalname };
}

/** Streams the one file of an upload to the disk. What is not sent to its end is removed. @throws the same */
export const receiveInto =
  (storage: StorageEngine) =>
  async (request: Request, response: Response, maxBytes: number): Promise<UploadOnDisk> => {
    const { path, size, originalname, mimetype } = await receive(request, response, maxBytes, storage);
    return { path, size, name: originalname, declaredType: mimetype };
  };
