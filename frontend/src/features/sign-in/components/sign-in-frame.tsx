import type { ReactNode } from "react";
import { ProductMark } from "@/components/ui/product-mark";
import { useText } from "@/lib/text/text-context";

interface SignInFrameProps {
  title: string;
  sentence: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
}

/** The one column of the sign-in pages. */
export function SignInFrame({ title, sentence, children, footer }: SignInFrameProps) {
  const t = useText();
  return (
    <main className="flex min-h-dvh flex-col items-center bg-n2 px-4 pt-[max(24px,14dvh)] pb-8">
      <title>{t("page.title", { title })}</title>
      <div className="w-full max-w-[400px]">
        <div className="mb-8 flex items-center gap-2.5">
          <ProductMark size={32} />
          <span className="text-heading font-semibold tracking-[-0.01em]">ConnectBest Chat</span>
        </div>
        <h1 className="text-[24px] leading-8 font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="mt-1.5 mb-7 text-message text-n10">{sentence}</p>
        {children}
        {footer && <p className="mt-6 border-t border-n5 pt-5 text-sm text-n10">{footer}</p>}
      </div>
    </main>
  );
}
