// `npm start` and, with --dev, `npm run dev`: installs and builds what changed, then hands over to the supervisor.
import { pathToFileURL } from "node:url";
import path from "node:path";
import { buildWhatChanged } from "./build.mjs";
import { ensureInstall, root } from "./ensure-install.mjs";

ensureInstall();
const isDev = process.argv.includes("--dev");
buildWhatChanged(isDev ? ["local"] : undefined);
await import(pathToFileURL(path.join(root, "local/dist/supervise.js")).href);
