import { useEffect, useRef, useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { post } from "../api/post";
import { DeadLink } from "./dead-link";
import { SignInFrame } from "./sign-in-frame";

/** The new address of somebody who has an account: it is confirmed at once, the link is the whole deed. */
export function ConfirmChange({ token }: { token: string }) {
  const hasBegun = useRef(false);
  const [address, setAddress] = useState<string | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void post<{ email: string }>("verify-email", { token }).then((outcome) => {
      if (outcome.ok) setAddress(outcome.answer.email);
      else setSentence(outcome.problem.sentence || (outcome.problem.fields["token"] ?? ""));
    });
  }, [token]);

  if (sentence !== null) return <DeadLink sentence={sentence} />;
  if (address === null)
    return (
      <SignInFrame title="Confirming your address" sentence="This takes a moment.">
        <p role="status" className="h-1 overflow-hidden rounded-full bg-n5">
          <span className="block h-full w-1/3 animate-pulse rounded-full bg-accent" />
          <span className="sr-only">Confirming</span>
        </p>
      </SignInFrame>
    );
  return (
    <SignInFrame title="Your address has changed" sentence={`From now on you sign in with ${address}.`}>
      <ButtonLink href="/chat" size="lg" className="w-full">
        Continue to the chat
      </ButtonLink>
    </SignInFrame>
  );
}
