import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../src/system";

describe("the built pages", () => {
  it("load no more JavaScript at first than they may: login 115 kB, chat 150 kB (gzip)", () => {
    const script = path.join(root, "frontend/scripts/bundle-size.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      cwd: path.join(root, "frontend"),
      encoding: "utf8",
    });
    expect({ status, said: stdout + (status === 0 ? "" : stderr) }).toEqual({
      status: 0,
      said: expect.stringMatching(/login[\s\S]*chat/) as string,
    });
  }, 60_000);
});
