import { bundleProgram } from "../scripts/bundle.mjs";

await bundleProgram({
  entryPoints: {
    server: "src/server.ts",
    "hash-worker": "src/features/sessions/hash-worker.ts",
    "db-init": "src/tools/db-init.ts",
    migrate: "src/tools/migrate.ts",
    "db-export-schema": "src/tools/db-export-schema.ts",
    "db-compare-schema": "src/tools/db-compare-schema.ts",
    backup: "src/tools/backup.ts",
    restore: "src/tools/restore.ts",
  },
  outdir: "dist",
});
