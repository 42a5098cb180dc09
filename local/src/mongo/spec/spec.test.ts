import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EJSON } from "bson";
import { MongoClient } from "mongodb";
import type { MongoServer } from "../index";
import { startMongoServer } from "../index";
import { NotRunnable } from "./match";
import type { Test, TestFile } from "./runner";
import { SpecRunner, unmetRequirement } from "./runner";
import { exclusions } from "./spec-exclusions";

// MongoDB's own driver specification tests. They are not part of this repository (their licence is another one): they
// lie beside it, and where they do not this test says so and passes.
const folder = resolve(__dirname, "../../../../../shared/mongodb-spec-tests");

interface Tally {
  passed: number;
  failed: string[];
  leftOut: Map<string, number>;
}

function reasonToLeaveOut(file: string, spec: TestFile, test: Test): string | undefined {
  if (test.skipReason) return `the specification skips it: ${test.skipReason}`;
  const unmet = unmetRequirement(spec.runOnRequirements) ?? unmetRequirement(test.runOnRequirements);
  if (unmet) return `the test ${unmet}`;
  return exclusions.find((one) => one.file.test(file) && (one.description?.test(test.description) ?? true))?.reason;
}

async function runSuite(suite: string, runner: SpecRunner): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: [], leftOut: new Map() };
  const leaveOut = (reason: string) => tally.leftOut.set(reason, (tally.leftOut.get(reason) ?? 0) + 1);
  for (const file of readdirSync(folder)
    .filter((name) => name.startsWith(`${suite}__`) && name.endsWith(".json"))
    .sort()) {
    const spec = EJSON.parse(readFileSync(join(folder, file), "utf8")) as TestFile;
    for (const test of spec.tests) {
      const reason = reasonToLeaveOut(file, spec, test);
      if (reason) {
        leaveOut(reason);
        continue;
      }
      try {
        await runner.run(spec, test);
        tally.passed++;
      } catch (error) {
        if (error instanceof NotRunnable) leaveOut(`the runner has not: ${error.message}`);
        else tally.failed.push(`${file} :: ${test.description} :: ${(error as Error).message.slice(0, 300)}`);
      }
    }
  }
  return tally;
}

function report(suite: string, { passed, failed, leftOut }: Tally): number {
  const ratio = passed / (passed + failed.length);
  const skipped = [...leftOut].map(([reason, count]) => `  left out ${count}: ${reason}`);
  const lines = [
    `${suite}: ${passed} of ${passed + failed.length} pass (${(ratio * 100).toFixed(1)} %)`,
    ...failed.map((line) => `  FAIL ${line}`),
    ...skipped,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return ratio;
}

const available = existsSync(folder);
if (!available) process.stdout.write(`MongoDB's specification tests are not at ${folder}: not run.\n`);

(available ? describe : describe.skip)("MongoDB's driver specification tests", () => {
  const path = mkdtempSync(join(tmpdir(), "mongo-spec-"));
  let server: MongoServer;
  let admin: MongoClient;

  beforeAll(async () => {
    server = await startMongoServer({ port: 0, path });
    admin = await new MongoClient(server.uri).connect();
  });

  afterAll(async () => {
    await admin.close();
    await server.close();
    rmSync(path, { recursive: true });
  });

  it.each([
    ["crud", 0.93],
    ["transactions", 0.92],
    ["transactions-convenient-api", 0.92],
  ])(
    "%s",
    async (suite, goal) => {
      const tally = await runSuite(suite, new SpecRunner(server.uri, admin));
      expect(report(suite, tally)).toBeGreaterThanOrEqual(goal);
    },
    120_000,
  );
});
