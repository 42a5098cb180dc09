import { UnsubscribePanel } from "@/features/sign-in/components/unsubscribe-panel";
import { openPage } from "@/lib/auth/visitor-page";

export default function UnsubscribePage() {
  return <UnsubscribePanel />;
}

export const getServerSideProps = openPage;
