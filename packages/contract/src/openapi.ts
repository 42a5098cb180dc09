import * as z from "zod";
import { ErrorBody, errorStatus, type ErrorCode } from "./errors";
import { scopeOf, type Route } from "./route";
import { routes } from "./routes";

type Json = Record<string, unknown>;
type Direction = "input" | "output";

/** Collects the named schemas that the operations refer to. */
class Components {
  readonly schemas: Json = {};

  /** The JSON Schema of `schema`, its named parts moved to `#/components/schemas`. */
  schemaOf(schema: z.ZodType, io: Direction): Json {
    const {
      $schema: _,
      $defs,
      ...root
    } = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" });
    for (const [name, definition] of Object.entries($defs ?? {})) this.#add(name, definition);
    const id = root["id"];
    if (typeof id !== "string") return repoint(root) as Json;
    this.#add(id, root);
    return { $ref: `#/components/schemas/${id}` };
  }

  #add(name: string, definition: unknown): void {
    const { id: _, ...rest } = repoint(definition) as Json;
    this.schemas[name] = rest;
  }
}

/** Rewrites zod's local references (and drops its inner ids) for their new place in an OpenAPI document. */
function repoint(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repoint);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
        : [key, repoint(inner)],
    ),
  );
}

function parametersOf(route: Route, components: Components): Json[] {
  const of = (schema: z.ZodObject | undefined, place: "path" | "query"): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = components.schemaOf(schema, "input") as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema,
    }));
  };
  return [...of(route.params, "path"), ...of(route.query, "query")];
}

const content = (schema: Json): Json => ({ "application/json": { schema } });

/** What a success carries: JSON, a file, or the way to another address. */
function resultOf(route: Route, components: Components): Json {
  if (route.response) return { content: content(components.schemaOf(route.response, "output")) };
  if (route.download) return { content: { [route.download]: { schema: { type: "string", format: "binary" } } } };
  return route.status === 302 ? { headers: { Location: { schema: { type: "string" } } } } : {};
}

function responsesOf(route: Route, components: Components): Json {
  const success = { description: route.summary, ...resultOf(route, components) };
  const codes = new Set<ErrorCode>(["invalid_request", ...(route.errors ?? []), "rate_limited", "unavailable"]);
  if (route.access !== "public") codes.add("unauthenticated");
  if (route.access === "admin" || (route.access === "user" && scopeOf(route) !== "read")) codes.add("forbidden");
  if (route.upload) codes.add("too_large").add("unsupported_type");
  const failures: Json = {};
  const error = content(components.schemaOf(ErrorBody, "output"));
  for (const code of [...codes].sort((a, b) => errorStatus[a] - errorStatus[b])) {
    const before = failures[errorStatus[code]] as { description: string } | undefined;
    failures[errorStatus[code]] = { description: before ? `${before.description} or ${code}` : code, content: error };
  }
  return { [route.status]: success, ...(route.alsoOk && { 200: success }), ...failures };
}

function requestBodyOf(route: Route, components: Components): Json | undefined {
  if (route.upload) {
    const file = { type: "string", format: "binary", description: `At most ${route.upload.maxBytes} bytes.` };
    const schema = { type: "object", required: ["file"], properties: { file } };
    return { required: true, content: { "multipart/form-data": { schema } } };
  }
  if (route.body) return { required: true, content: content(components.schemaOf(route.body, "input")) };
  return undefined;
}

/** For people: which personal access tokens may call. */
function noteOf(route: Route): string | undefined {
  if (route.access === "public") return undefined;
  const scope = scopeOf(route);
  if (scope === "session") return "For signed-in people only: personal access tokens are refused.";
  return `Personal access tokens need the scope \`${scope}\`.`;
}

function operationOf(name: string, route: Route, components: Components): Json {
  const parameters = parametersOf(route, components);
  const requestBody = requestBodyOf(route, components);
  const description = noteOf(route);
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    ...(description && { description }),
    ...(route.access === "public" && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(route, components),
  };
}

/**
 * The OpenAPI 3.1 description of every public route. Internal (`service`) routes are left out: they are no promise to anybody.
 * @param version the product's version, as in package.json
 */
export function openApiDocument(version: string): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    if (route.access === "service") continue;
    const operation = operationOf(name, route, components);
    [route.path, ...(route.aliases ?? [])].forEach((path, i) => {
      const key = path.replace(/:(\w+)/g, "{$1}");
      const alias = i > 0 && { operationId: `${name}Alias${i > 1 ? i : ""}`, summary: `Alias of ${route.path}` };
      paths[key] = { ...paths[key], [route.method]: { ...operation, ...alias } };
    });
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "ConnectBest Chat API",
      version,
      description:
        "Sign in at /auth/login and send the token as `Authorization: Bearer`. Errors carry a sentence and a machine code.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
}
