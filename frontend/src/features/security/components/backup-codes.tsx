"use client";

import { Download } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useText } from "@/lib/text/text-context";

interface BackupCodesProps {
  codes: readonly string[];
  onKept(): void;
}

/** Shown this once: the way in for who has lost the phone. */
export function BackupCodes({ codes, onKept }: BackupCodesProps) {
  const t = useText();
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = codes.join("\n");

  function download() {
    const url = URL.createObjectURL(new Blob([`${t("backup.file")}\n\n${text}\n`]));
    const link = Object.assign(document.createElement("a"), { href: url, download: "connectbest-backup-codes.txt" });
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <div>
      <p ref={heading} tabIndex={-1} className="text-sm font-medium outline-none">
        {t("backup.keep")}
      </p>
      <p className="mt-1 text-frame text-n10">{t("backup.keepHint")}</p>
      <ol
        aria-label={t("backup.title")}
        className="mt-3 grid max-w-[420px] grid-cols-2 gap-x-6 gap-y-1 rounded-sm border border-n5 bg-n2 px-4 py-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap gap-2">
        <CopyButton text={text} label={t("backup.copy")} />
        <Button size="sm" onClick={download}>
          <Download size={16} strokeWidth={1.5} aria-hidden />
          {t("backup.download")}
        </Button>
        <Button size="sm" tone="primary" onClick={onKept}>
          {t("backup.kept")}
        </Button>
      </div>
    </div>
  );
}
