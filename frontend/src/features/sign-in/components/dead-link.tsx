import { Notice } from "@/components/ui/notice";
import { useText } from "@/lib/text/text-context";
import { SignInFrame } from "./sign-in-frame";
import { TextLink } from "./text-link";

export function DeadLink({ sentence }: { sentence: string }) {
  const t = useText();
  return (
    <SignInFrame
      title={t("link.title")}
      sentence={t("link.sentence")}
      footer={t.rich("link.footer", {
        login: (chunks) => <TextLink href="/login">{chunks}</TextLink>,
        register: (chunks) => <TextLink href="/register">{chunks}</TextLink>,
      })}
    >
      <Notice tone="danger">{sentence}</Notice>
    </SignInFrame>
  );
}
