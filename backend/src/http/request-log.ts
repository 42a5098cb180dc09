import { randomUUID } from "node:crypto";
import { pino, type DestinationStream, type Logger } from "pino";
import { pinoHttp } from "pino-http";

/** Structured JSON, on stdout if nothing else is named. Bodies, queries, cookies and credentials are never logged. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { service: "backend" },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    destination,
  );

/**
 * What the log keeps of an error. A driver's error carries the document that it failed on, in its properties and in its
 * message: of those only the kind, the code and the place are kept.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, codeName } = error as { code?: unknown; codeName?: unknown };
  const isDriver = error.name.startsWith("Mongo");
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    type: error.name,
    ...(!isDriver && { message: error.message }),
    ...((typeof code === "number" || typeof code === "string") && { code }),
    ...(typeof codeName === "string" && { codeName }),
    stack: frames.slice(0, 12).join("\n"),
  };
}

const safeId = /^[A-Za-z0-9._:=-]{1,100}$/;

/** Without the query; an incoming webhook's address is its secret. */
const pathOf = (url: string): string | undefined => url.split("?")[0]?.replace(/^(\/api\/hooks\/).*/, "$1…");

/** One line a request, with an id that the answer carries too (`X-Request-Id`). */
export const requestLog = (logger: Logger) =>
  pinoHttp({
    logger,
    genReqId: (request, response) => {
      const given = request.headers["x-request-id"];
      const id = typeof given === "string" && safeId.test(given) ? given : randomUUID();
      response.setHeader("X-Request-Id", id);
      return id;
    },
    // Otherwise ours would be given what the standard ones made of an error, and find nothing in it.
    wrapSerializers: false,
    serializers: {
      err: describeError,
      req: (request: { id: string; method: string; url: string; originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: pathOf(request.originalUrl ?? request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "info"),
    autoLogging: { ignore: (request) => request.url?.startsWith("/api/health") ?? false },
  });
