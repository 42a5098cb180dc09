import type { NextPageContext } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { languageOfHeaders } from "@/lib/text/header-language";
import type { TextKey } from "@/lib/text/catalog";
import type { PageText } from "@/lib/text/server-text";
import { useText } from "@/lib/text/text-context";

const titles: Record<number, TextKey> = {
  400: "page.unreadable",
  404: "page.notFound",
};

interface ErrorPageProps {
  status: number;
  text: PageText;
}

/** Rendered when it is needed, not ahead: a page that was made before its request could not carry the request's nonce. */
export default function ErrorPage({ status }: ErrorPageProps) {
  const t = useText();
  const known = titles[status];
  const title = t(known ?? "page.failed");
  return (
    <main className="flex min-h-dvh bg-n2">
      <div className="m-auto max-w-[420px] px-6 py-10">
        <title>{t("page.title", { title })}</title>
        <h1 className="text-title font-semibold tracking-[-0.01em]">{title}</h1>
        <p className="mt-1.5 text-message text-n10">{known ? t("page.mistyped") : t("page.failedHint")}</p>
        <ButtonLink href="/" className="mt-5">
          {t("page.toChat")}
        </ButtonLink>
      </div>
    </main>
  );
}

ErrorPage.getInitialProps = async ({ req, res, err }: NextPageContext): Promise<ErrorPageProps> => ({
  status: res?.statusCode ?? err?.statusCode ?? 500,
  text: await textFor(req),
});

/** A page that fails in the browser has its sentences there already; the catalogs are the server's. */
async function textFor(req: NextPageContext["req"]): Promise<PageText> {
  if (typeof window !== "undefined") return (window.__NEXT_DATA__.props["pageProps"] as ErrorPageProps).text;
  const { textOf } = await import("@/lib/text/server-text");
  return textOf(languageOfHeaders(req?.headers), "ui");
}
