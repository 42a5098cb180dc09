import type { LinkPreview } from "@connectbest/contract";
import { safeAddress } from "./markdown";

/** What linked pages say of themselves: words only, so that reading a message tells no stranger. */
export function LinkPreviews({ previews }: { previews: readonly LinkPreview[] }) {
  return (
    <div className="mt-1 mb-1 space-y-1.5">
      {previews.map((preview) => {
        const href = safeAddress(preview.url);
        if (!href) return null;
        return (
          <a
            key={preview.url}
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="block max-w-[460px] rounded-sm border border-l-[3px] border-n5 border-l-n7 px-3 py-2 hover:border-n7"
          >
            <span dir="auto" className="block truncate text-xs text-n10">
              {preview.siteName ?? new URL(href).hostname}
            </span>
            <span dir="auto" className="line-clamp-2 text-sm font-medium text-accent-text">
              {preview.title}
            </span>
            {preview.description && (
              <span dir="auto" className="line-clamp-2 text-frame text-n11">
                {preview.description}
              </span>
            )}
          </a>
        );
      })}
    </div>
  );
}
