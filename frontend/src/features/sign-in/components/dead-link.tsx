import { Notice } from "@/components/ui/notice";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

export function DeadLink({ sentence }: { sentence: string }) {
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
}
