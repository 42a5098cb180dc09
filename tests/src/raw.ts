import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface RawCall {
  method?: string;
  /** A list of values is sent as that many headers. */
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** An HTTP call of which nothing is decided by a library: path, headers and body go out as they are. */
export function sendRaw(url: string, { method = "GET", headers = {}, body }: RawCall = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf("/", "http://".length));
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const call = request(
      { hostname, port, path, method, headers: { ...length, ...headers }, timeout: 15_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
        response.on("error", reject);
      },
    );
    call.on("timeout", () => call.destroy(new Error(`No answer from ${url} within 15 s.`)));
    call.on("error", reject);
    call.end(body);
  });
}

/** Writes text to a port as it is and collects what comes back, until the other side closes or `patience` is over. */
export function speak(port: number, text: string, patience = 3000): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(heard);
    };
    const timer = setTimeout(end, patience);
    socket.on("data", (data: Buffer) => (heard += data.toString()));
    socket.on("close", end);
    socket.on("error", end);
  });
}
