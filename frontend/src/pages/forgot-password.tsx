import { ForgotPasswordPanel } from "@/features/sign-in/components/forgot-password-panel";
import { openPage } from "@/lib/auth/visitor-page";

export default function ForgotPasswordPage() {
  return <ForgotPasswordPanel />;
}

export const getServerSideProps = openPage;
