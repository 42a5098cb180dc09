interface Service {
  /** Where it listens, when the supervisor left the choice to the system (port 0). */
  port?: number;
  close(): Promise<void>;
}

/**
 * Runs a service's start; what stops it from starting becomes one sentence and a non-zero exit. The process ends with
 * the one that started it, however that one ended: no orphan may keep a port or the data folder.
 */
export function runService(name: string, start: () => Promise<Service>): void {
  let stopping = false;
  const stop = (close: () => Promise<void>) => () => {
    if (stopping) return;
    stopping = true;
    void close().finally(() => process.exit(0));
  };
  start().then(
    ({ port, close }) => {
      process.once("SIGTERM", stop(close));
      process.once("SIGINT", stop(close));
      process.once("disconnect", stop(close));
      process.send?.({ ready: true, port });
    },
    (error: unknown) => {
      process.stderr.write(`${name} could not start: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
