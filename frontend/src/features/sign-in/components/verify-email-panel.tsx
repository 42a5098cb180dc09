import { useEffect, useRef, useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { rememberAddress, takeMailedToken } from "../api/mailed-token";
import { post } from "../api/post";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

interface Confirmed {
  email: string;
  purpose: "registration" | "change";
}

/** What a mailed link opens. It confirms at once: the link is the whole deed. */
export function VerifyEmailPanel() {
  const hasBegun = useRef(false);
  const [changedTo, setChangedTo] = useState<string | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void post<Confirmed>("verify-email", { token: takeMailedToken() }).then((outcome) => {
      if (!outcome.ok) return setSentence(outcome.problem.sentence || (outcome.problem.fields["token"] ?? ""));
      if (outcome.answer.purpose === "change") return setChangedTo(outcome.answer.email);
      rememberAddress(outcome.answer.email);
      location.replace("/login?reason=verified");
    });
  }, []);

  if (changedTo !== null)
    return (
      <SignInFrame title="Your address has changed" sentence={`From now on you sign in with ${changedTo}.`}>
        <ButtonLink href="/chat" size="lg" className="w-full">
          Continue to the chat
        </ButtonLink>
      </SignInFrame>
    );
  if (sentence !== null)
    return (
      <SignInFrame
        title="This link does not work"
        sentence="Links work once, for 24 hours, and a newer one ends the older."
        footer={
          <>
            Confirmed already? <TextLink href="/login">Sign in</TextLink>. Not yet?{" "}
            <TextLink href="/register">Create your account</TextLink>, and a new link comes.
          </>
        }
      >
        <Notice tone="danger">{sentence}</Notice>
      </SignInFrame>
    );
  return (
    <SignInFrame title="Confirming your address" sentence="This takes a moment.">
      <p role="status" className="h-1 overflow-hidden rounded-full bg-n5">
        <span className="block h-full w-1/3 animate-pulse rounded-full bg-accent" />
        <span className="sr-only">Confirming</span>
      </p>
    </SignInFrame>
  );
}
