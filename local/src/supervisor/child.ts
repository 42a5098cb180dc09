import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Runs a program that knows nothing of the supervisor (`node child.js program args…`), and ends it with the
 * supervisor, however that one ended: no orphan may keep a port.
 */
process.once("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 5000).unref();
});
const [node = "", , program = "", ...rest] = process.argv;
process.argv = [node, path.resolve(program), ...rest];
void import(pathToFileURL(path.resolve(program)).href);
