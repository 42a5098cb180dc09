import { openApiDocument } from "@connectbest/contract";
import express, { type Express } from "express";
import { getAbsoluteFSPath } from "swagger-ui-dist";
import type { Config } from "../config";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>ConnectBest Chat API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
/** A file of its own, so that the page needs no inline script under the content security policy. */
const start = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true });\n`;

/** `/api/openapi.json` and, to read and try it, Swagger UI at `/docs`. */
export function openApiRoutes(app: Express, config: Pick<Config, "BUILD_VERSION">): void {
  const document = openApiDocument(config.BUILD_VERSION);
  app.get("/api/openapi.json", (_request, response) => void response.json(document));
  app.get("/docs", (_request, response) => void response.type("html").send(page));
  app.get("/docs/start.js", (_request, response) => void response.type("js").send(start));
  app.use("/docs", express.static(getAbsoluteFSPath(), { index: false, maxAge: "1d" }));
}
