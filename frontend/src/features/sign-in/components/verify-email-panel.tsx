import { useEffect, useState } from "react";
import { takeMailedLink } from "../api/mailed-token";
import type { MailedLink } from "../api/mailed-token";
import { ConfirmChange } from "./confirm-change";
import { ConfirmRegistration } from "./confirm-registration";
import { SignInFrame } from "./sign-in-frame";

/** What a mailed link opens: the confirmation of a registration, or of a new address. */
export function VerifyEmailPanel() {
  const [link, setLink] = useState<MailedLink | null>(null);
  // In development effects run twice, and the address bar gives its secret once.
  useEffect(() => setLink((known) => known ?? takeMailedLink()), []);

  if (link === null) return <SignInFrame title="Confirm your address" sentence="This takes a moment." />;
  return link.isChange ? <ConfirmChange token={link.token} /> : <ConfirmRegistration token={link.token} />;
}
