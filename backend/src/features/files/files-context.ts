import type { Config } from "../../config";
import type { FileStorage } from "../../files-storage/file-storage";
import type { IncomingFiles } from "../../files-storage/incoming-files";

/** What the feature works with. */
export interface FilesContext {
  storage: FileStorage;
  incoming: IncomingFiles;
  config: Pick<Config, "FILES_QUOTA_MB" | "UPLOADS_PER_HOUR" | "ENCRYPTION_KEY">;
}
