/**
 * Goes to another address of the chat without asking the server: it works offline and at once. Next follows
 * `history.pushState` in `usePathname` and `useSearchParams`, and Back does what people expect.
 */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
}
