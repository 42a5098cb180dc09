import type * as z from "zod";
import type { ErrorCode } from "./errors";

export type HttpMethod = "get" | "post" | "put" | "delete";

/**
 * Who may call: `public`, anybody; `user`, a bearer with a live session; `admin`, the same of a workspace administrator;
 * `service`, our own Lambdas with the service secret (never through the load balancer's public paths, never in the public
 * description).
 */
export type Access = "public" | "user" | "admin" | "service";

/** What a personal access token must have been given; `session`: no such token will do, a person must have signed in. */
export type RouteScope = "read" | "write" | "admin" | "session";

/** One row of the wire: validation, types, OpenAPI and the clients' calls all derive from it. */
export interface Route {
  readonly method: HttpMethod;
  /** Below `/api`, Express style: `/chat/channels/:id`. */
  readonly path: `/${string}`;
  /** Further paths under which the same route answers. */
  readonly aliases?: readonly `/${string}`[];
  readonly access: Access;
  /** When absent: `admin` for administrators' routes, `read` for GET, else `write`. */
  readonly scope?: RouteScope;
  /** Open also to those who must set up two-factor sign-in first. */
  readonly duringSetup?: boolean;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is `multipart/form-data` with one file, in the field `file`, of at most so many bytes. */
  readonly upload?: { readonly maxBytes: number };
  /** `null`: an action without a result, or one that answers with a file or leads elsewhere. */
  readonly response: z.ZodType | null;
  /** The content type of a file that is answered. */
  readonly download?: string;
  /** Success status; a handler may answer 200 instead where `alsoOk` is set (a repeat of a create). 302 leads elsewhere. */
  readonly status: 200 | 201 | 204 | 302;
  readonly alsoOk?: boolean;
  /** Beyond `invalid_request`, `unauthenticated` and the general failures, which every route may answer. */
  readonly errors?: readonly ErrorCode[];
}

/** Keeps the literal types of a route while checking its shape. */
export const defineRoute = <const R extends Route>(route: R): R => route;

/** What a personal access token needs for a route. */
export const scopeOf = (route: Route): RouteScope =>
  route.scope ?? (route.access === "admin" ? "admin" : route.method === "get" ? "read" : "write");

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
