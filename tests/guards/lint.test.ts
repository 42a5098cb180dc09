import { spawnSync } from "node:child_process";
import path from "node:path";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { root } from "../src/system";

/** What the linter says of files planted in the tree. */
function lint(files: Record<string, string>): string[] {
  const planted = Object.entries(files).map(([name, text]) => [path.join(root, name), text] as const);
  const folders = planted.map(([file]) => path.dirname(file));
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const [file, text] of planted) writeFileSync(file, text);
    const eslint = path.join(root, "node_modules/eslint/bin/eslint.js");
    const { stdout } = spawnSync(process.execPath, [eslint, "--format=json", ...planted.map(([file]) => file)], {
      cwd: root,
      encoding: "utf8",
    });
    const results = JSON.parse(stdout) as { messages: { ruleId: string | null }[] }[];
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? "fatal"));
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

describe("the linter", () => {
  it("finds an import cycle", () => {
    const rules = lint({
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
    [
      "one client feature reaching into another",
      "frontend/src/features/people/planted/x.ts",
      "../../messages/api/rows",
    ],
    ["the contract knowing anybody", "packages/contract/src/planted/x.ts", "../../../../websocket/src/deliver"],
    ["the product importing the local parts", "backend/src/planted/x.ts", "../../../local/src/config"],
  ])(
    "finds %s",
    (_, file, target) => {
      const rules = lint({ [file]: `export * from "${target}";\n` });
      expect(rules).toContain("import-x/no-restricted-paths");
    },
    60_000,
  );

  it("finds any, and the environment read outside config.ts", () => {
    const rules = lint({
      "backend/src/planted/x.ts": "export const x: any = process.env.HOME;\n",
    });
    expect(rules).toEqual(expect.arrayContaining(["@typescript-eslint/no-explicit-any", "no-restricted-syntax"]));
  }, 60_000);
});
