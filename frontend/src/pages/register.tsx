import { RegisterPanel } from "@/features/sign-in/components/register-panel";
import { visitorPage } from "@/lib/auth/visitor-page";
import type { VisitorPageProps } from "@/lib/auth/visitor-page";

export default function RegisterPage({ callbackUrl }: VisitorPageProps) {
  return <RegisterPanel callbackUrl={callbackUrl} />;
}

export const getServerSideProps = visitorPage;
