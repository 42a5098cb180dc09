import {
  scopeOf,
  type ErrorDetail,
  type Route,
  type RouteBody,
  type RouteParams,
  type RouteQuery,
  type RouteResponse,
} from "@connectbest/contract";
import type { Request, RequestHandler, Response, Router } from "express";
import type * as z from "zod";
import type { Actor } from "./actor";
import { sendDownload, type Download } from "./download";
import { ApiError, forbidden, invalidRequest, unauthenticated } from "./errors";
import { receiveFile, type UploadedFile } from "./upload";

/** Where a call comes from. */
export interface Origin {
  ip: string | null;
  userAgent: string | undefined;
}

/** What a handler is given: everything parsed and typed by the contract. `F`: what a file is received as. */
export interface Input<R extends Route, F = UploadedFile> {
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  /** Present on the routes of users and administrators. */
  actor: R["access"] extends "user" | "admin" ? Actor : undefined;
  /** Present on routes that take a file. */
  file: R["upload"] extends object ? F : undefined;
  origin: Origin;
}

/** A create that found its result already there answers 200 instead of 201. */
export interface Repeat<T> {
  repeat: T;
}
const isRepeat = (value: unknown): value is Repeat<unknown> =>
  value !== null && typeof value === "object" && "repeat" in value;

/** What the handlers of routes with status 302 give back. */
export interface Redirect {
  location: string;
  cacheControl: string;
}

type Result<R extends Route> = R["response"] extends z.ZodType
  ? R["alsoOk"] extends true
    ? RouteResponse<R> | Repeat<RouteResponse<R>>
    : RouteResponse<R>
  : R["download"] extends string
    ? Download
    : R["status"] extends 302
      ? Redirect
      : unknown;

export type Handler<R extends Route, F = UploadedFile> = (input: Input<R, F>) => Promise<Result<R>> | Result<R>;

/** Takes the file of an upload from its request. */
export type Receive<F> = (request: Request, response: Response, maxBytes: number) => Promise<F>;

const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** For what the contract has no words of its own: zod's are written for programmers. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "invalid_type") return undefined;
  if (issue.input === undefined) return "Is missing.";
  return `Must be ${kinds[issue.expected] ?? issue.expected}.`;
};

function parse<S extends z.ZodType>(schema: S | undefined, value: unknown, place: string): z.output<S> | undefined {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value, { error: inWords });
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

/** @throws what this caller must hear instead of an answer */
function authorize(route: Route, response: Response): Actor | undefined {
  if (route.access === "public") return undefined;
  if (route.access === "service") {
    if (!response.locals.isService) throw unauthenticated("Only the service itself may call this.");
    return undefined;
  }
  const { actor, refusal } = response.locals;
  if (!actor) throw refusal ?? unauthenticated();
  const scope = scopeOf(route);
  if (actor.scopes && scope === "session")
    throw forbidden("Personal access tokens may not do this: sign in with the account itself.");
  if (actor.scopes && scope !== "session" && !actor.scopes.includes(scope))
    throw forbidden(`This personal access token lacks the scope \`${scope}\`: make one that has it.`);
  if (actor.mustSetUpTwoFactor && !route.duringSetup)
    throw new ApiError(
      "two_factor_setup_required",
      "This workspace asks everybody for two-factor sign-in. Set it up in your security settings to go on.",
    );
  if (route.access === "admin" && actor.role !== "admin")
    throw forbidden("Only administrators of the workspace may do this.");
  return actor;
}

function redirect(response: Response, { location, cacheControl }: Redirect): void {
  response.setHeader("Cache-Control", cacheControl);
  response.setHeader("Location", location);
  response.status(302).end();
}

async function answer(route: Route, response: Response, result: unknown): Promise<void> {
  if (route.download) return sendDownload(response.status(200), result as Download);
  if (route.status === 302) return redirect(response, result as Redirect);
  if (route.response === null) return void response.status(204).end();
  if (isRepeat(result)) return void response.status(200).json(result.repeat);
  response.status(route.status).json(result);
}

/**
 * Wires one row of the contract: authenticates, parses, calls, answers. Errors travel to the error handler.
 * @param receive takes the file of an upload; small ones come into memory
 */
export function handle<R extends Route>(router: Router, route: R, handler: Handler<R>): void;
export function handle<R extends Route, F>(router: Router, route: R, handler: Handler<R, F>, receive: Receive<F>): void;
export function handle<R extends Route>(
  router: Router,
  route: R,
  handler: Handler<R>,
  receive: Receive<UploadedFile> = receiveFile,
): void {
  const respond: RequestHandler = async (request, response) => {
    const actor = authorize(route, response);
    const input = {
      params: parse(route.params, request.params, "path"),
      query: route.query ? parse(route.query, plainQuery(request), "query") : undefined,
      body: parse(route.body, request.body ?? {}, "body"),
      actor,
      file: route.upload && (await receive(request, response, route.upload.maxBytes)),
      origin: { ip: response.locals.address ?? null, userAgent: request.get("user-agent") },
    };
    // Each part was parsed by the very schema that its type is inferred from.
    await answer(route, response, await handler(input as Input<R>));
  };
  for (const path of [route.path, ...(route.aliases ?? [])]) router[route.method](path, respond);
}
