import type { NextPageContext } from "next";
import { ButtonLink } from "@/components/ui/button-link";

const titles: Record<number, string> = {
  400: "This address cannot be read",
  404: "There is nothing at this address",
};

/** Rendered when it is needed, not ahead: a page that was made before its request could not carry the request's nonce. */
export default function ErrorPage({ status }: { status: number }) {
  const title = titles[status] ?? "This page does not work just now";
  return (
    <main className="flex min-h-dvh bg-n2">
      <div className="m-auto max-w-[420px] px-6 py-10">
        <title>{`${title} · ConnectBest Chat`}</title>
        <h1 className="text-title font-semibold tracking-[-0.01em]">{title}</h1>
        <p className="mt-1.5 text-message text-n10">
          {titles[status]
            ? "The link may be old, or mistyped."
            : "Try again in a moment. Nothing that you wrote is lost."}
        </p>
        <ButtonLink href="/" className="mt-5">
          Back to the chat
        </ButtonLink>
      </div>
    </main>
  );
}

ErrorPage.getInitialProps = ({ res, err }: NextPageContext) => ({ status: res?.statusCode ?? err?.statusCode ?? 500 });
