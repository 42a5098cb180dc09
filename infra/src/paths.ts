import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository: what images and handlers are built from. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
