const againEvent = "connectbest:address-again";

/**
 * Goes to another address of the chat without asking the server: it works offline and at once. Next follows
 * `history.pushState` in `usePathname` and `useSearchParams`, and Back does what people expect.
 */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === location.pathname + location.search) return void window.dispatchEvent(new Event(againEvent));
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
}

/** Hears when somebody asks for the present address again: they may have looked elsewhere in it. Answers how to stop. */
export function onAddressAgain(listener: () => void): () => void {
  window.addEventListener(againEvent, listener);
  return () => window.removeEventListener(againEvent, listener);
}
