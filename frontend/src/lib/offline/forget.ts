/** Milliseconds that whoever signs out waits for it at most. */
const patience = 1_000;

/** Takes away what was kept on this device of whoever signs out. Never throws. */
export async function forgetDevice(): Promise<void> {
  const work = async () => {
    const { clearSnapshots } = await import("./snapshot-store");
    await clearSnapshots();
    const registration = await navigator.serviceWorker?.getRegistration();
    registration?.active?.postMessage("forget");
  };
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, patience));
  await Promise.race([work().catch(() => undefined), timeout]);
}
