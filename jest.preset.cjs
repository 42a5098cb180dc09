/** Shared by every workspace: TypeScript through swc (types are checked apart, by `npm run typecheck`). */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "/.next/"],
  modulePathIgnorePatterns: ["/dist/", "/.next/", "/cdk.out/"],
  transform: {
    "^.+\\.[cm]?[jt]sx?$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!(@connectbest)/)"],
  testTimeout: 30000,
};
