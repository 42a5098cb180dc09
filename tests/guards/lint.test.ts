import { ESLint } from "eslint";
import path from "node:path";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { root } from "../src/system";

/** What the linter says of files planted in the tree. */
async function lint(files: Record<string, string>): Promise<string[]> {
  const planted = Object.entries(files).map(([name, text]) => [path.join(root, name), text] as const);
  const folders = planted.map(([file]) => path.dirname(file));
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const [file, text] of planted) writeFileSync(file, text);
    const results = await new ESLint({ cwd: root }).lintFiles(planted.map(([file]) => file));
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? "fatal"));
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

describe("the linter", () => {
  it("finds an import cycle", async () => {
    const rules = await lint({
      "backend/src/planted/one.ts": 'import { two } from "./two";\nexport const one = (): number => two() + 1;\n',
      "backend/src/planted/two.ts": 'import { one } from "./one";\nexport const two = (): number => one() + 1;\n',
    });
    expect(rules).toContain("import-x/no-cycle");
  }, 60_000);

  it.each([
    [
      "a feature that reaches up the ladder",
      "backend/src/features/users/planted/x.ts",
      "../../messages/messages.service",
    ],
    ["the frontend reaching into the backend", "frontend/src/planted/x.ts", "../../../backend/src/config"],
    ["the contract knowing anybody", "packages/contract/src/planted/x.ts", "../../../../websocket/src/deliver"],
    ["the product importing the local parts", "backend/src/planted/x.ts", "../../../local/src/config"],
  ])(
    "finds %s",
    async (_, file, target) => {
      const rules = await lint({ [file]: `export * from "${target}";\n` });
      expect(rules).toContain("import-x/no-restricted-paths");
    },
    60_000,
  );

  it("finds any, and the environment read outside config.ts", async () => {
    const rules = await lint({
      "backend/src/planted/x.ts": "export const x: any = process.env.HOME;\n",
    });
    expect(rules).toEqual(expect.arrayContaining(["@typescript-eslint/no-explicit-any", "no-restricted-syntax"]));
  }, 60_000);
});
