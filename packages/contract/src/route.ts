import type * as z from "zod";
import type { ErrorCode } from "./errors";

export type HttpMethod = "get" | "post" | "put" | "delete";

/**
 * Who may call: `public`, anybody; `user`, a bearer with a live session; `service`, our own Lambdas with the service
 * secret (never through the load balancer's public paths, never in the public description).
 */
export type Access = "public" | "user" | "service";

/** One row of the wire: validation, types, OpenAPI and the clients' calls all derive from it. */
export interface Route {
  readonly method: HttpMethod;
  /** Below `/api`, Express style: `/chat/channels/:id`. */
  readonly path: `/${string}`;
  /** Further paths under which the same route answers. */
  readonly aliases?: readonly `/${string}`[];
  readonly access: Access;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `null`: an action without a result. */
  readonly response: z.ZodType | null;
  /** Success status; a handler may answer 200 instead where `alsoOk` is set (a repeat of a create). */
  readonly status: 200 | 201 | 204;
  readonly alsoOk?: boolean;
  /** Beyond `invalid_request`, `unauthenticated` and the general failures, which every route may answer. */
  readonly errors?: readonly ErrorCode[];
}

/** Keeps the literal types of a route while checking its shape. */
export const defineRoute = <const R extends Route>(route: R): R => route;

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler is given: parsed, with defaults filled in. */
export type RouteParams<R extends Route> = Output<R["params"]>;
export type RouteQuery<R extends Route> = Output<R["query"]>;
export type RouteBody<R extends Route> = Output<R["body"]>;
/** What a caller sends. */
export type RouteBodyInput<R extends Route> = Input<R["body"]>;
export type RouteQueryInput<R extends Route> = Input<R["query"]>;
/** What comes back. */
export type RouteResponse<R extends Route> = Output<R["response"]>;
