"use client";

import { useText } from "@/lib/text/text-context";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry(): void;
}

/** Kept bare: every page loads it before it is needed. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useText();
  return (
    <main className="flex min-h-dvh bg-n2">
      <title>ConnectBest Chat</title>
      <div role="alert" className="m-auto flex max-w-[420px] flex-col items-start px-6 py-10">
        <h1 className="text-title font-semibold">{t("page.stopped")}</h1>
        <p className="mt-1.5 text-message text-n10">{t("page.stoppedHint")}</p>
        {error.digest && <p className="mt-2 text-frame text-n10">{t("page.digest", { digest: error.digest })}</p>}
        <button
          type="button"
          onClick={() => retry()}
          className="mt-5 h-9 rounded-sm bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-strong"
        >
          {t("ui.retry")}
        </button>
      </div>
    </main>
  );
}
