/** Milliseconds after the page stands: nothing that is on screen waits for these. */
const delay = 4_000;

/**
 * Loads what is opened by hand before it is: then it opens at once, and without a network. Answers how to call it off.
 * What many never open (emoji, highlighter, lightbox) still waits until it is asked for.
 */
export function warmUp(): () => void {
  const timer = setTimeout(() => {
    const parts = [
      import("./dialogs"),
      import("./panel"),
      import("./view"),
      import("@/features/messages/components/message-menu"),
      import("@/features/messages/components/reaction-picker"),
    ];
    // Offline, or after a deployment: they are asked for again when they are wanted.
    for (const part of parts) part.catch(() => undefined);
  }, delay);
  return () => clearTimeout(timer);
}
