import { useSyncExternalStore } from "react";
import { mailedLink, onMailedLink } from "../api/mailed-token";
import { ConfirmChange } from "./confirm-change";
import { ConfirmRegistration } from "./confirm-registration";
import { SignInFrame } from "./sign-in-frame";

/** What a mailed link opens: the confirmation of a registration, or of a new address. */
export function VerifyEmailPanel() {
  const link = useSyncExternalStore(onMailedLink, mailedLink, () => null);
  if (link === null) return <SignInFrame title="Confirm your address" sentence="This takes a moment." />;
  const Confirm = link.isChange ? ConfirmChange : ConfirmRegistration;
  return <Confirm key={link.token} token={link.token} />;
}
