/** Tells the supervisor that this process serves, and ends with it: no orphan may keep a port or the data folder. */
export function reportReady(): void {
  process.send?.({ ready: true });
}

/** Runs a service's start; what stops it from starting becomes one sentence and a non-zero exit. */
export function runService(name: string, start: () => Promise<{ close(): Promise<void> }>): void {
  let stopping = false;
  const stop = (close: () => Promise<void>) => () => {
    if (stopping) return;
    stopping = true;
    void close().finally(() => process.exit(0));
  };
  start().then(
    ({ close }) => {
      process.once("SIGTERM", stop(close));
      process.once("SIGINT", stop(close));
      process.once("disconnect", stop(close));
      reportReady();
    },
    (error: unknown) => {
      process.stderr.write(`${name} could not start: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
