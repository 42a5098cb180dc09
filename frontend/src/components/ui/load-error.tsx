"use client";

import { CircleAlert } from "lucide-react";
import { useText } from "@/lib/text/text-context";
import { Button } from "./button";

interface LoadErrorProps {
  sentence: string;
  onRetry(): void;
}

/** What did not load, and the way to ask again. */
export function LoadError({ sentence, onRetry }: LoadErrorProps) {
  const t = useText();
  return (
    <div role="alert" className="m-auto flex max-w-[420px] flex-col items-start gap-3 p-6">
      <p className="flex gap-2.5 text-sm text-n11">
        <CircleAlert size={16} strokeWidth={1.5} aria-hidden className="mt-0.5 shrink-0 text-danger" />
        {sentence}
      </p>
      <Button onClick={onRetry} size="sm">
        {t("ui.retry")}
      </Button>
    </div>
  );
}
