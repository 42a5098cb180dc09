import type { ErrorDetail, Route, RouteBody, RouteParams, RouteQuery, RouteResponse } from "@connectbest/contract";
import type { Request, RequestHandler, Response, Router } from "express";
import type * as z from "zod";
import type { Actor } from "./actor";
import { invalidRequest, unauthenticated } from "./errors";

/** What a handler is given: everything parsed and typed by the contract. */
export interface Input<R extends Route> {
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  /** Present on `user` routes. */
  actor: R["access"] extends "user" ? Actor : undefined;
  request: { ip: string | undefined; userAgent: string | undefined };
}

/** A create that found its result already there answers 200 instead of 201. */
export interface Repeat<T> {
  repeat: T;
}
const isRepeat = (value: unknown): value is Repeat<unknown> =>
  value !== null && typeof value === "object" && "repeat" in value;

type Result<R extends Route> = R["response"] extends z.ZodType
  ? R["alsoOk"] extends true
    ? RouteResponse<R> | Repeat<RouteResponse<R>>
    : RouteResponse<R>
  : unknown;

export type Handler<R extends Route> = (input: Input<R>) => Promise<Result<R>> | Result<R>;

function parse<S extends z.ZodType>(schema: S | undefined, value: unknown, place: string): z.output<S> | undefined {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details: ErrorDetail[] = parsed.error.issues.slice(0, 20).map((issue) => ({
    path: [place, ...issue.path].join("."),
    message: issue.message,
  }));
  const first = details[0];
  throw invalidRequest(first ? `${first.path}: ${first.message}` : "The request is not valid.", details);
}

/** Repeated (`?a=1&a=2`) and object-valued (`?a[b]=1`) parameters have no meaning here: better refused than guessed at. */
function plainQuery(request: Request): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value !== "string" || /[[\]]/.test(name))
      throw invalidRequest("Give each query parameter once, as plain text.", [
        { path: `query.${name.slice(0, 100)}`, message: "Give it once, as plain text." },
      ]);
    plain[name] = value;
  }
  return plain;
}

function authorize(route: Route, response: Response): Actor | undefined {
  if (route.access === "public") return undefined;
  if (route.access === "service") {
    if (!response.locals.isService) throw unauthenticated("Only the service itself may call this.");
    return undefined;
  }
  if (!response.locals.actor) throw unauthenticated();
  return response.locals.actor;
}

function answer(route: Route, response: Response, result: unknown): void {
  if (route.response === null) return void response.status(204).end();
  if (isRepeat(result)) return void response.status(200).json(result.repeat);
  response.status(route.status).json(result);
}

/** Wires one row of the contract: authenticates, parses, calls, answers. Errors travel to the error handler. */
export function handle<R extends Route>(router: Router, route: R, handler: Handler<R>): void {
  const respond: RequestHandler = async (request, response) => {
    const actor = authorize(route, response);
    const input = {
      params: parse(route.params, request.params, "path"),
      query: route.query ? parse(route.query, plainQuery(request), "query") : undefined,
      body: parse(route.body, request.body ?? {}, "body"),
      actor,
      request: { ip: request.ip, userAgent: request.get("user-agent") },
    };
    // Each part was parsed by the very schema that its type is inferred from.
    answer(route, response, await handler(input as Input<R>));
  };
  for (const path of [route.path, ...(route.aliases ?? [])]) router[route.method](path, respond);
}
