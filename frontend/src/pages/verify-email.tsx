import { VerifyEmailPanel } from "@/features/sign-in/components/verify-email-panel";
import { openPage } from "@/lib/auth/visitor-page";

export default function VerifyEmailPage() {
  return <VerifyEmailPanel />;
}

export const getServerSideProps = openPage;
