export interface MailedLink {
  readonly token: string;
  /** It confirms a new address of somebody who has an account. */
  readonly isChange: boolean;
}

/**
 * What a mailed link says. It stands behind the `#`, which browsers send to no server; from here on it does not stand in
 * the address bar or the history either.
 */
export function takeMailedLink(): MailedLink {
  const said = new URLSearchParams(location.hash.slice(1));
  history.replaceState(history.state, "", location.pathname);
  return { token: said.get("token") ?? "", isChange: said.get("purpose") === "change" };
}

const addressKey = "connectbest:confirmed-address";

/** Hands the address that was just confirmed to the sign-in form, without putting it into a URL. */
export const rememberAddress = (email: string): void => sessionStorage.setItem(addressKey, email);

export function takeRememberedAddress(): string | null {
  const email = sessionStorage.getItem(addressKey);
  sessionStorage.removeItem(addressKey);
  return email;
}
