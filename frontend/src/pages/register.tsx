import { RegisterForm } from "@/features/sign-in/components/register-form";
import { SignInFrame } from "@/features/sign-in/components/sign-in-frame";
import { TextLink } from "@/features/sign-in/components/text-link";
import { visitorPage } from "@/lib/auth/visitor-page";
import type { VisitorPageProps } from "@/lib/auth/visitor-page";

export default function RegisterPage({ callbackUrl }: VisitorPageProps) {
  return (
    <SignInFrame
      title="Create your account"
      sentence="Your team will see your name beside your messages."
      footer={
        <>
          Have an account already?{" "}
          <TextLink href={`/login?callbackUrl=${encodeURIComponent(callbackUrl)}`}>Sign in</TextLink>
        </>
      }
    >
      <title>Create an account · ConnectBest Chat</title>
      <RegisterForm callbackUrl={callbackUrl} />
    </SignInFrame>
  );
}

export const getServerSideProps = visitorPage;
