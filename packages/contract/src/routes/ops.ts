import * as z from "zod";
import { Timestamp } from "../primitives";
import { defineRoute } from "../route";

export const health = defineRoute({
  method: "get",
  path: "/health",
  access: "public",
  tag: "Ops",
  summary: "The process is alive",
  response: z.object({
    status: z.literal("ok"),
    version: z.string(),
    commit: z.string(),
    buildTime: Timestamp.nullable(),
    /** Seconds since the process started. */
    uptime: z.number(),
  }),
  status: 200,
});

export const ready = defineRoute({
  method: "get",
  path: "/health/ready",
  access: "public",
  tag: "Ops",
  summary: "The process may take traffic",
  response: z.object({ status: z.literal("ready") }),
  status: 200,
  errors: ["unavailable"],
});

export const started = defineRoute({
  method: "get",
  path: "/health/started",
  access: "public",
  tag: "Ops",
  summary: "The process has begun: collections, indexes and migrations stand",
  description:
    "What a load balancer asks. A process that has begun and loses its database answers its callers in words: replacing it would not help.",
  response: z.object({ status: z.literal("started") }),
  status: 200,
  errors: ["unavailable"],
});
