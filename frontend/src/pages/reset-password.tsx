import { ResetPasswordPanel } from "@/features/sign-in/components/reset-password-panel";
import { openPage } from "@/lib/auth/visitor-page";

export default function ResetPasswordPage() {
  return <ResetPasswordPanel />;
}

export const getServerSideProps = openPage;
