import { readdirSync } from "node:fs";
import js from "@eslint/js";
import next from "@next/eslint-plugin-next";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX, { flatConfigs } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const source = ["**/*.{ts,tsx}"];
const workspaces = ["packages/contract", "websocket", "backend", "frontend", "local", "infra", "tests"];

/** `target` may import only from the workspaces in `from` (and itself). The arrows of docs/architecture.md. */
const zone = (target, from) => ({
  target: `./${target}`,
  from: workspaces.filter((w) => w !== target && !from.includes(w)).map((w) => `./${w}`),
  message: `${target} may import only from: ${from.join(", ") || "nothing"}.`,
});

/** The ladder: a backend feature imports only from features to its left (docs/architecture.md). */
export const ladder = [
  "audit",
  "users",
  "sessions",
  "two-factor",
  "channels",
  "presence",
  "files",
  "messages",
  "channel-management",
  "accounts",
  "sign-in",
  "profile",
  "direct-messages",
  "later",
  "search",
  "notifications",
  "link-previews",
  "webhooks",
  "sync",
  "realtime",
  "admin",
  "ops",
];
const ladderZones = ladder.slice(0, -1).map((feature, i) => ({
  target: `./backend/src/features/${feature}`,
  from: ladder.slice(i + 1).map((f) => `./backend/src/features/${f}`),
  message: `Features form a ladder; ${feature} may import only from: ${ladder.slice(0, i).join(", ") || "none"}.`,
}));
/** Features of the web client know nothing of each other; the pages in `app/` compose them. */
const clientFeatures = readdirSync(new URL("frontend/src/features", import.meta.url));
const clientZones = [
  ...clientFeatures.map((feature) => ({
    target: `./frontend/src/features/${feature}`,
    from: [
      "./frontend/src/app",
      ...clientFeatures.filter((f) => f !== feature).map((f) => `./frontend/src/features/${f}`),
    ],
    message: "Features of the web client do not import each other: compose them in app/.",
  })),
  {
    target: ["./frontend/src/lib", "./frontend/src/components"],
    from: ["./frontend/src/features", "./frontend/src/app"],
    message: "lib/ and components/ serve the features and may not import them.",
  },
];
const infrastructureZones = [
  "backup",
  "crypto",
  "http",
  "db",
  "files-storage",
  "jobs",
  "mail",
  "migrations",
  "outgoing",
  "realtime",
  "schema",
].map((room) => ({
  target: `./backend/src/${room}`,
  from: "./backend/src/features",
  message: `backend/src/${room} serves the features and may not import them.`,
}));

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "**/.next", "**/cdk.out", "**/next-env.d.ts", ".data", ".cache"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: source,
    plugins: { "import-x": importX },
    // no-cycle passes silently on TypeScript without these settings; tests/guards plants a cycle to prove it does not.
    settings: {
      ...flatConfigs.typescript.settings,
      "import-x/resolver-next": [
        createTypeScriptImportResolver({
          project: workspaces.map((w) => `${w}/tsconfig.json`),
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            zone("packages/contract", []),
            zone("websocket", ["packages/contract"]),
            zone("backend", ["packages/contract", "websocket"]),
            zone("frontend", ["packages/contract"]),
            zone("local", ["packages/contract", "websocket"]),
            zone("infra", ["packages/contract", "websocket", "backend", "frontend"]),
            ...ladderZones,
            ...infrastructureZones,
            ...clientZones,
          ],
        },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: "Read the environment only in config.ts, where it is parsed and named.",
        },
      ],
    },
  },
  {
    files: ["**/config.ts", "**/*.config.ts", "tests/**", "**/testing/**", "**/*.test.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["frontend/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks, "@next/next": next },
    settings: { next: { rootDir: "frontend" } },
    rules: {
      ...reactHooks.configs["recommended-latest"].rules,
      ...next.configs.recommended.rules,
      ...next.configs["core-web-vitals"].rules,
    },
  },
  {
    files: ["frontend/public/service-worker.js"],
    languageOptions: {
      globals: { self: "readonly", caches: "readonly", fetch: "readonly", Response: "readonly", URL: "readonly" },
    },
  },
  {
    files: ["**/*.{mjs,cjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        module: "writable",
        require: "readonly",
        setTimeout: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        __dirname: "readonly",
        fetch: "readonly",
        AbortController: "readonly",
        AbortSignal: "readonly",
        clearTimeout: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
