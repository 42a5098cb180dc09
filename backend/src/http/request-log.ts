import { randomUUID } from "node:crypto";
import { pino, type Logger } from "pino";
import { pinoHttp } from "pino-http";

/** Structured JSON on stdout. Bodies, queries, cookies and credentials are never logged. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: { service: "backend" }, timestamp: pino.stdTimeFunctions.isoTime });

const safeId = /^[A-Za-z0-9._:=-]{1,100}$/;

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
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split("?")[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "info"),
    autoLogging: { ignore: (request) => request.url?.startsWith("/api/health") ?? false },
  });
