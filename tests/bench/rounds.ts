import { cpuOf, residentOf } from "./processes";
import { percentile } from "./statistics";
import type { Listeners } from "./listeners";

export interface Target {
  name: string;
  listeners: Listeners;
  /** The servers whose CPU and memory count. */
  pids(): number[];
  /** Sends one message and resolves with its key. */
  send(nth: number): Promise<string>;
  stop(): Promise<void>;
}

export interface Round {
  name: string;
  rate: number;
  /** Milliseconds from sending to the last receiver. */
  p50: number;
  p99: number;
  sent: number;
  /** Receipts that should have been and were not. */
  lost: number;
  failed: number;
  /** Microseconds of the servers' CPU for each receipt. */
  cpuPerDelivery: number;
  /** Megabytes, all servers together. */
  resident: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends at an even rate for some seconds, whatever the answers do (open loop), then waits for the last receipts. */
export async function runRound(target: Target, rate: number, seconds: number): Promise<Round> {
  const { listeners } = target;
  const sum = (measure: (pid: number) => number) => target.pids().reduce((total, pid) => total + measure(pid), 0);
  const cpuBefore = sum(cpuOf);
  const sentAt = new Map<string, number>();
  let failed = 0;
  const sends: Promise<void>[] = [];
  const start = performance.now();
  for (let nth = 0; nth < rate * seconds; nth++) {
    const due = start + (nth * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    // Counted from when it was due: a client that falls behind must not flatter the servers.
    sends.push(
      target.send(nth).then(
        (key) => void sentAt.set(key, due),
        () => void failed++,
      ),
    );
  }
  await Promise.all(sends);
  const keys = [...sentAt.keys()];
  for (const deadline = performance.now() + 10_000; performance.now() < deadline; await pause(20))
    if (keys.every((key) => listeners.countOf(key) >= listeners.count)) break;
  const cpu = sum(cpuOf) - cpuBefore;
  const receipts = keys.reduce((total, key) => total + listeners.countOf(key), 0);
  const complete = keys.filter((key) => listeners.countOf(key) === listeners.count);
  const latencies = complete.map((key) => listeners.lastAt(key) - (sentAt.get(key) ?? 0));
  return {
    name: target.name,
    rate,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    sent: keys.length,
    lost: keys.length * listeners.count - receipts,
    failed,
    cpuPerDelivery: cpu / Math.max(receipts, 1),
    resident: sum(residentOf),
  };
}
