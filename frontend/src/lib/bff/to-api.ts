import type { NextRequest } from "next/server";
import { config } from "@/config";
import { readSession } from "@/lib/auth/session";
import { visitorHeaders } from "@/lib/visitor/visitor-headers";
import { forward } from "./forward";

/** The route handler behind every `/api/*` path that is not next-auth's own. */
export const toApi = (request: NextRequest): Promise<Response> =>
  forward(request, {
    apiUrl: config().apiUrl,
    publicUrl: config().publicUrl,
    visitor: visitorHeaders(request.headers),
    bearerOf: async () => (await readSession(request.cookies))?.bearer ?? null,
  });
