import type { File } from "@connectbest/contract";
import { Download, FileArchive, FileCode, FileText, File as Other } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { createElement } from "react";
import { bytesOf } from "@/lib/format/bytes";
import { useText } from "@/lib/text/text-context";

function iconOf({ type, name }: File): LucideIcon {
  if (/zip|gzip|tar|compress|7z/.test(type)) return FileArchive;
  if (/\.(ts|js|py|go|rs|java|c|cpp|css|html|json|sh|sql)$/i.test(name)) return FileCode;
  return /pdf|text|document/.test(type) ? FileText : Other;
}

/** A file that is saved, not shown. */
export function FileCard({ file }: { file: File }) {
  const t = useText();
  return (
    <a
      href={file.url}
      download={file.name}
      aria-label={t("files.save", { name: file.name })}
      className="group/file flex w-[340px] max-w-full items-center gap-3 rounded-sm border border-n5 bg-n1 px-3 py-2 hover:border-n7"
    >
      <span className="flex size-9 shrink-0 items-center justify-center rounded-sm bg-n3 text-n11">
        {createElement(iconOf(file), { size: 20, strokeWidth: 1.5, "aria-hidden": true })}
      </span>
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-sm font-medium">
          {file.name}
        </span>
        <span className="block text-xs text-n10 tabular-nums">{bytesOf(file.size, t.language)}</span>
      </span>
      <Download size={16} strokeWidth={1.5} aria-hidden className="text-n9 group-hover/file:text-n12" />
    </a>
  );
}
