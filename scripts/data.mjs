// `npm run db:init`, `backup` and their kin: one of the programs in backend/src/tools, built when needed. Where nothing is set, it is
// about the system that `npm start` runs.
import { pathToFileURL } from "node:url";
import path from "node:path";
import { buildWhatChanged } from "./build.mjs";
import { ensureInstall, root } from "./ensure-install.mjs";

ensureInstall();
buildWhatChanged(["backend"]);
const { DATA_DIR = ".data", PORT_DATABASE = "27027" } = process.env;
process.env.MONGODB_URI ||= `mongodb://127.0.0.1:${PORT_DATABASE}/connectbest?replicaSet=rs0`;
process.env.FILES_DIRECTORY ||= path.resolve(root, DATA_DIR, "files");
// It speaks of Node versions to come, whenever files are in S3.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ||= "true";
const [program] = process.argv.splice(2, 1);
await import(pathToFileURL(path.join(root, `backend/dist/${program}.js`)).href);
