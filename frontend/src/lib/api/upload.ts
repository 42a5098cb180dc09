import type { File as SentFile } from "@connectbest/contract";
import { endSession } from "@/lib/auth/end-session";
import { errorFrom, noAnswer } from "./api-error";

export interface RunningUpload {
  /** Throws `ApiError`; never settles once cancelled. */
  readonly done: Promise<SentFile>;
  cancel(): void;
}

/**
 * Sends one file. By XMLHttpRequest: fetch does not tell how much of a body has left.
 * @param onProgress told the share that has left, 0 to 1
 */
export function uploadFile(file: File, onProgress: (share: number) => void): RunningUpload {
  const request = new XMLHttpRequest();
  const done = new Promise<SentFile>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(noAnswer());
    request.onload = () => void settle(request).then(resolve, reject);
  });
  const form = new FormData();
  form.set("file", file);
  request.open("POST", "/api/upload");
  request.send(form);
  return { done, cancel: () => request.abort() };
}

async function settle(request: XMLHttpRequest): Promise<SentFile> {
  const { status, responseText } = request;
  if (status === 201) return (JSON.parse(responseText) as { file: SentFile }).file;
  const retryAfter = request.getResponseHeader("retry-after");
  const error = await errorFrom(
    new Response(responseText, { status: status || 503, headers: retryAfter ? { "retry-after": retryAfter } : {} }),
  );
  if (error.code === "unauthenticated") void endSession();
  throw error;
}
