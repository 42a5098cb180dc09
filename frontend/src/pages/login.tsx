import { LoginForm } from "@/features/sign-in/components/login-form";
import { SignInFrame } from "@/features/sign-in/components/sign-in-frame";
import { TextLink } from "@/features/sign-in/components/text-link";
import { visitorPage } from "@/lib/auth/visitor-page";
import type { VisitorPageProps } from "@/lib/auth/visitor-page";

export default function LoginPage({ callbackUrl, notice }: VisitorPageProps) {
  return (
    <SignInFrame
      title="Sign in"
      sentence="Your conversations are where you left them."
      footer={
        <>
          New here?{" "}
          <TextLink href={`/register?callbackUrl=${encodeURIComponent(callbackUrl)}`}>Create an account</TextLink>
        </>
      }
    >
      <title>Sign in · ConnectBest Chat</title>
      <LoginForm callbackUrl={callbackUrl} notice={notice} />
    </SignInFrame>
  );
}

export const getServerSideProps = visitorPage;
