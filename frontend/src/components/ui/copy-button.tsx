"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy secret". */
  label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const Icon = state === "copied" ? Check : Copy;
  const words = { idle: label, copied: "Copied", failed: "Select and copy it by hand" };

  return (
    <Button
      size="sm"
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => setState("copied"),
          () => setState("failed"),
        )
      }
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <span role="status">{words[state]}</span>
    </Button>
  );
}
