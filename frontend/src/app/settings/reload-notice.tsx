"use client";

import { LoadError } from "@/components/ui/load-error";

export function ReloadNotice() {
  return (
    <LoadError
      sentence="Your account cannot be loaded just now. The server may be restarting: try again in a moment."
      onRetry={() => location.reload()}
    />
  );
}
