import type { GetServerSideProps } from "next";
import { config } from "@/config";
import { signInErrorSentence } from "@/features/sign-in/api/google-sentences";
import { LoginPanel } from "@/features/sign-in/components/login-panel";
import { visitorPage } from "@/lib/auth/visitor-page";
import type { VisitorPageProps } from "@/lib/auth/visitor-page";
import { translator } from "@/lib/text/translate";

interface LoginPageProps extends VisitorPageProps {
  failure: string | null;
  hasGoogle: boolean;
}

export default function LoginPage(props: LoginPageProps) {
  return <LoginPanel {...props} />;
}

export const getServerSideProps: GetServerSideProps<LoginPageProps> = async (context) => {
  const page = await visitorPage(context);
  if (!("props" in page)) return page;
  const props = await page.props;
  const t = translator(props.text.language, props.text.messages);
  const failure = signInErrorSentence(t, context.query["error"]);
  return { props: { ...props, failure, hasGoogle: config().google !== null } };
};
