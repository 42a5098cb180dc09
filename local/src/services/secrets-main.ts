import { readSecretsConfig } from "../config";
import { writeSecrets } from "./write-secrets";

try {
  const { DATA_DIR, PUBLIC_URL, READER_UID } = readSecretsConfig();
  writeSecrets({ folder: DATA_DIR, origin: PUBLIC_URL, readerUid: READER_UID });
} catch (error) {
  process.stderr.write(`The secrets could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
