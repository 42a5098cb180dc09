/**
 * The secret of a mailed link. It stands behind the `#`, which browsers send to no server; from here on it does not stand in
 * the address bar or the history either.
 */
export function takeMailedToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  history.replaceState(history.state, "", location.pathname);
  return token;
}

const addressKey = "connectbest:confirmed-address";

/** Hands the address that was just confirmed to the sign-in form, without putting it into a URL. */
export const rememberAddress = (email: string): void => sessionStorage.setItem(addressKey, email);

export function takeRememberedAddress(): string | null {
  const email = sessionStorage.getItem(addressKey);
  sessionStorage.removeItem(addressKey);
  return email;
}
