// `npm run seed`, `npm run reset`: one of the local tools, built when needed.
import { pathToFileURL } from "node:url";
import path from "node:path";
import { buildWhatChanged } from "./build.mjs";
import { ensureInstall, root } from "./ensure-install.mjs";

ensureInstall();
buildWhatChanged(["local"]);
await import(pathToFileURL(path.join(root, `local/dist/${process.argv[2]}.js`)).href);
