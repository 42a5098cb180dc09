import { ownSecret } from "./own-secret";

process.stdout.write(`${JSON.stringify(ownSecret(), null, 2)}\n`);
