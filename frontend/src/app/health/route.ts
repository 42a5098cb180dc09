import { config } from "@/config";

/** When it is asked, not when the site is built. */
export const dynamic = "force-dynamic";

/** For whoever watches this server alone: it answers, whatever becomes of the API. */
export const GET = (): Response =>
  Response.json({ status: "ok", ...config().build }, { headers: { "cache-control": "no-store" } });
