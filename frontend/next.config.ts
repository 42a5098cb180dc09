import path from "node:path";
import type { NextConfig } from "next";

/** The per-request Content-Security-Policy is set in `src/proxy.ts`; this one holds for what never reaches it. */
const securityHeaders = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
  { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

const immutable = [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }];

/** The repository: pages are traced from here, for the packages they need are installed here. */
const root = path.resolve(import.meta.dirname, "..");

/** What the image holds: a server with exactly what it needs. `next start` runs the other form, and warns of this one. */
const isForImage = process.env.NEXT_OUTPUT === "standalone";

const assetOrigin = process.env.ASSET_PREFIX ? ` ${new URL(process.env.ASSET_PREFIX).origin}` : "";

const nextConfig: NextConfig = {
  ...(isForImage && { output: "standalone" }),
  outputFileTracingRoot: root,
  // No picture is Next's to scale: the API has done it.
  images: { unoptimized: true },
  assetPrefix: process.env.ASSET_PREFIX || undefined,
  transpilePackages: ["@connectbest/contract"],
  serverExternalPackages: ["undici"],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  experimental: {
    // Both serve navigations between server-rendered pages; ours happen in the browser. 2 kB less on every page.
    clientRouterFilter: false,
    prefetchInlining: false,
  },
  turbopack: {
    root,
    resolveAlias: {
      "next/dist/compiled/path-to-regexp": { browser: "./src/lib/bundle/no-path-patterns.ts" },
      "next/dist/compiled/process": { browser: "./src/lib/bundle/no-process.ts" },
    },
  },
  headers: async () => [
    // Not for Next's own files: its development server sends one of them with a wrong type. Nor for what the API answers,
    // which is stricter by itself and knows which files may be shown.
    { source: "/((?!_next/static/|api/(?!auth/)).*)", headers: securityHeaders },
    // Opened from mailed links: the address they came from is nobody's business.
    {
      source: "/:page(verify-email|reset-password|unsubscribe)",
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    },
    { source: "/fonts/:file", headers: immutable },
    // The policy that a service worker comes with is the one that its own calls are held to.
    {
      source: "/service-worker.js",
      headers: [
        { key: "Content-Security-Policy", value: `default-src 'none'; connect-src 'self'${assetOrigin}` },
        { key: "Cache-Control", value: "no-cache" },
      ],
    },
  ],
};

export default nextConfig;
