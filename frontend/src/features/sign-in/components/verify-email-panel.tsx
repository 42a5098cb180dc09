import { useSyncExternalStore } from "react";
import { useText } from "@/lib/text/text-context";
import { mailedLink, onMailedLink } from "../api/mailed-token";
import { ConfirmChange } from "./confirm-change";
import { ConfirmRegistration } from "./confirm-registration";
import { SignInFrame } from "./sign-in-frame";

/** What a mailed link opens: the confirmation of a registration, or of a new address. */
export function VerifyEmailPanel() {
  const t = useText();
  const link = useSyncExternalStore(onMailedLink, mailedLink, () => null);
  if (link === null) return <SignInFrame title={t("confirm.title")} sentence={t("confirm.busy")} />;
  const Confirm = link.isChange ? ConfirmChange : ConfirmRegistration;
  return <Confirm key={link.token} token={link.token} />;
}
