"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useText } from "@/lib/text/text-context";
import { Button } from "./button";
import { IconButton } from "./icon-button";

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy secret". Without it the button is an icon. */
  label?: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useText();
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const icon = state === "copied" ? Check : Copy;
  const words = { idle: label ?? t("ui.copy"), copied: t("ui.copied"), failed: t("ui.copyFailed") }[state];
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );

  if (label === undefined) return <IconButton label={words} icon={icon} onClick={copy} />;
  const Icon = icon;
  return (
    <Button size="sm" onClick={copy}>
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <span role="status">{words}</span>
    </Button>
  );
}
