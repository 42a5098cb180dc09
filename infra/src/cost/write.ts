import { costTable } from "./table";

process.stdout.write(`${costTable()}\n`);
