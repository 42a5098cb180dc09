import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { homePath } from "@/lib/navigation/place";
import { languageOfRequest } from "@/lib/text/request-language";
import { textOf } from "@/lib/text/server-text";
import { translator } from "@/lib/text/translate";

/** Speaks on the server: every page loads what its layout's error pages bring to the browser. */
export default async function NotFound() {
  const { language, messages } = textOf(await languageOfRequest(), "ui");
  const t = translator(language, messages);
  return (
    <main className="flex min-h-dvh bg-n2">
      <title>{t("page.title", { title: t("page.notFoundName") })}</title>
      <EmptyState
        icon={SearchX}
        title={t("page.notFound")}
        actions={
          <a
            href={homePath}
            className="inline-flex h-9 items-center rounded-sm bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-strong"
          >
            {t("page.toChat")}
          </a>
        }
      >
        <p>{t("page.mistyped")}</p>
      </EmptyState>
    </main>
  );
}
