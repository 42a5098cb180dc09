import { useState } from "react";
import { Button } from "@/components/ui/button";
import { beginSignIn } from "@/lib/auth/next-auth-client";
import { useText } from "@/lib/text/text-context";

export function GoogleButton({ callbackUrl }: { callbackUrl: string }) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);

  function begin() {
    setBusy(true);
    void beginSignIn("google", callbackUrl).then((url) => location.assign(url));
  }

  return (
    <>
      <p className="my-5 flex items-center gap-3 text-frame text-n10 before:h-px before:flex-1 before:bg-n5 after:h-px after:flex-1 after:bg-n5">
        {t("google.or")}
      </p>
      <Button size="lg" className="w-full" isBusy={isBusy} onClick={begin}>
        {/* eslint-disable-next-line @next/next/no-img-element -- a drawing of 500 bytes needs no optimizer */}
        {!isBusy && <img src="/google.svg" alt="" width={18} height={18} />}
        {t("google.continue")}
      </Button>
    </>
  );
}
