import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";
import * as z from "zod";
import { filePath, format, Manifest, manifestName, sealName } from "./manifest";
import { isSame, measure, type Measured } from "./measure";

/** Why a backup is not taken, in a sentence. */
export class BackupProblem extends Error {}

const nothing = (): null => null;

/** @throws BackupProblem unless it is whole, unchanged and of a format that this program knows */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, manifestName)).catch(nothing);
  const seal = await readFile(path.join(folder, sealName), "utf8").catch(nothing);
  if (!text || !seal)
    throw new BackupProblem(
      `${folder} is no whole backup: it has no ${text ? sealName : manifestName}. Choose another.`,
    );
  const sha256 = createHash("sha256").update(text).digest("hex");
  if (seal !== `${sha256}  ${manifestName}\n`)
    throw new BackupProblem(`${folder} is damaged: ${manifestName} is not what it was. Choose another backup.`);
  const json: unknown = JSON.parse(text.toString());
  const { format: found } = z.object({ format: z.int() }).parse(json);
  if (found > format)
    throw new BackupProblem(
      `${folder} was made by a newer version of the program (format ${found}; this one reads ${format}). Restore it with that version.`,
    );
  return Manifest.parse(json);
}

/** All parts of a backup, by their paths. */
export const partsOf = ({ collections, files }: Manifest): (Measured & { path: string })[] => [
  ...collections.map(({ file }) => file),
  ...files.map(({ key, bytes, sha256 }) => ({ path: filePath(key), bytes, sha256 })),
];

/** Reads every byte of a backup. @throws BackupProblem naming each part that is missing or is not what it was */
export async function verifyBackup(folder: string, signal?: AbortSignal): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const wrong: string[] = [];
  for (const part of partsOf(manifest)) {
    signal?.throwIfAborted();
    const file = path.join(folder, part.path);
    const found = await stat(file).catch(nothing);
    if (!found) wrong.push(`${part.path} is missing`);
    else if (!isSame(part, await measure(createReadStream(file), signal)))
      wrong.push(`${part.path} is not what it was`);
  }
  if (wrong.length > 0)
    throw new BackupProblem(
      `${folder} is damaged, choose another backup:\n${wrong.map((line) => `  ${line}`).join("\n")}`,
    );
  return manifest;
}
