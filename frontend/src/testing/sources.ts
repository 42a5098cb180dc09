import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");

export interface SourceFile {
  /** From `src`. */
  name: string;
  text: string;
}

/** The client's own sources, without tests, for the tests that read them. */
export const sourcesIn = (...folders: readonly string[]): SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => path.join(folder, file))
      .map((name) => ({ name, text: readFileSync(path.join(root, name), "utf8") })),
  );
