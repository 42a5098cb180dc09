import type {
  HttpMethod,
  Route,
  RouteBodyInput,
  RouteName,
  RouteQueryInput,
  RouteResponse,
  Routes,
} from "@connectbest/contract";

/** Every route a browser may call, by method and path: the wire's types without its code. */
type Calls<M extends HttpMethod> = {
  [
    N in RouteName as Routes[N] extends { method: M; access: "user" | "admin" | "public" } ? Routes[N]["path"] : never
  ]: Routes[N];
};

export type PathOf<M extends HttpMethod> = keyof Calls<M> & string;

type RouteAt<M extends HttpMethod, P extends string> = P extends keyof Calls<M> ? Calls<M>[P] : never;

type ParamName<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

type Params<P extends string> = [ParamName<P>] extends [never] ? unknown : { params: Record<ParamName<P>, string> };
type Query<Q> = [Q] extends [undefined] ? unknown : { query?: Q };
type Body<B> = [B] extends [undefined] ? unknown : { body: B };
type Upload<R> = R extends { upload: object } ? { file: File } : unknown;

/** What a call takes, by route: `params` and `body` where the path and the route name them. */
export type CallOptions<M extends HttpMethod, P extends string> =
  RouteAt<M, P> extends infer R extends Route
    ? Params<P> & Query<RouteQueryInput<R>> & Body<RouteBodyInput<R>> & Upload<R> & { signal?: AbortSignal }
    : never;

/** What a call answers. */
export type Answer<M extends HttpMethod, P extends string> =
  RouteAt<M, P> extends infer R extends Route ? RouteResponse<R> : never;
