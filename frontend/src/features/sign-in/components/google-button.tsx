import { useState } from "react";
import { Button } from "@/components/ui/button";
import { beginSignIn } from "@/lib/auth/next-auth-client";

export function GoogleButton({ callbackUrl }: { callbackUrl: string }) {
  const [isBusy, setBusy] = useState(false);

  function begin() {
    setBusy(true);
    void beginSignIn("google", callbackUrl).then((url) => location.assign(url));
  }

  return (
    <>
      <p className="my-5 flex items-center gap-3 text-frame text-n10 before:h-px before:flex-1 before:bg-n5 after:h-px after:flex-1 after:bg-n5">
        or
      </p>
      <Button size="lg" className="w-full" isBusy={isBusy} onClick={begin}>
        {!isBusy && (
          <svg viewBox="0 0 18 18" aria-hidden className="size-[18px]">
            <path
              fill="#4285f4"
              d="M17.6 9.2c0-.6 0-1.2-.2-1.8H9v3.5h4.8a4.1 4.1 0 0 1-1.8 2.7v2.2h3a9 9 0 0 0 2.6-6.6z"
            />
            <path fill="#34a853" d="M9 18c2.4 0 4.5-.8 6-2.2l-3-2.2a5.4 5.4 0 0 1-8-2.9H1v2.3A9 9 0 0 0 9 18z" />
            <path fill="#fbbc05" d="M4 10.7a5.4 5.4 0 0 1 0-3.4V5H1a9 9 0 0 0 0 8z" />
            <path fill="#ea4335" d="M9 3.6c1.3 0 2.5.4 3.4 1.3L15 2.3A9 9 0 0 0 1 5l3 2.3a5.4 5.4 0 0 1 5-3.7z" />
          </svg>
        )}
        Continue with Google
      </Button>
    </>
  );
}
