export interface MailedLink {
  readonly token: string;
  /** It confirms a new address of somebody who has an account. */
  readonly isChange: boolean;
}

let current: MailedLink | null = null;

/**
 * What the mailed link said that opened this page. It stands behind the `#`, which browsers send to no server; once read it
 * does not stand in the address bar or the history either.
 */
export function mailedLink(): MailedLink {
  if (current) return current;
  const said = new URLSearchParams(location.hash.slice(1));
  history.replaceState(history.state, "", location.pathname);
  current = { token: said.get("token") ?? "", isChange: said.get("purpose") === "change" };
  return current;
}

/** Another link opened over this page changes only what is behind the `#`. Answers how to stop. */
export function onMailedLink(listener: () => void): () => void {
  const follow = () => {
    current = null;
    listener();
  };
  window.addEventListener("hashchange", follow);
  return () => window.removeEventListener("hashchange", follow);
}

const addressKey = "connectbest:confirmed-address";

/** Hands the address that was just confirmed to the sign-in form, without putting it into a URL. */
export const rememberAddress = (email: string): void => sessionStorage.setItem(addressKey, email);

export function takeRememberedAddress(): string | null {
  const email = sessionStorage.getItem(addressKey);
  sessionStorage.removeItem(addressKey);
  return email;
}
