import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Part, System } from "./system";

const programs: Partial<Record<Part, string>> = {
  Database: "database-main.js",
  DynamoDB: "dynamodb-main.js",
  Mail: "mail-main.js",
  Gateway: "gateway-main.js",
  API: "server.js",
};

/**
 * Has parts of a system begin with code of the test's: faults for which the product has no setting, and need not have. A part is
 * known by the program it runs; whatever else runs (the supervisor) begins as ever. To be called before `start`.
 */
export function preload(system: System, code: Partial<Record<Part, string>>): void {
  const file = path.join(system.folder, "preload.cjs");
  const cases = Object.entries(code).map(
    ([part, source]) => `if (program === ${JSON.stringify(programs[part as Part])}) { ${source} }`,
  );
  writeFileSync(
    file,
    [`const program = require("node:path").basename(process.argv.at(-1) ?? "");`, ...cases].join("\n"),
  );
  system.environment["NODE_OPTIONS"] = `--require ${file}`;
}

/** Code by which a part finds other values in its environment than the supervisor gives it. */
export const withEnvironment = (values: Record<string, string>): string =>
  `Object.assign(process.env, ${JSON.stringify(values)});`;
