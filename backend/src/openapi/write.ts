import { writeFileSync } from "node:fs";
import { openApiDocument } from "@connectbest/contract";

/** `npm run openapi`: writes the committed description; a test fails while it differs from the contract. */
writeFileSync("openapi.json", `${JSON.stringify(openApiDocument("0.1.0"), null, 2)}\n`);
