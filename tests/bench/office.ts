import { pause } from "../src/system";
import { Corpus } from "./corpus";
import { OfficeWorker, type Sample } from "./office-worker";
import { cpuOf, residentOf } from "./processes";
import { median, percentile } from "./statistics";
import { markdownTable } from "./table";
import { startWorkspace } from "./workspace";

const parts = ["API", "Gateway", "Database", "DynamoDB"] as const;
/** Milliseconds between two looks at the memory. */
const glance = 5000;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

function row(what: string, samples: Sample[]): string[] {
  const times = samples.map(({ took }) => took);
  return [
    what,
    String(samples.length),
    mean(times).toFixed(1),
    ...[0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(0)),
    String(samples.filter(({ isError }) => isError).length),
    String(samples.filter(({ isRefused }) => isRefused).length),
  ];
}

/** How much more memory a part holds in the last fifth of the time than in the second: the first warms up. */
function drift(values: number[]): string {
  const fifth = Math.floor(values.length / 5);
  const [early, late] = [median(values.slice(fifth, 2 * fifth)), median(values.slice(-fifth))];
  return `${early.toFixed(0)} MB, then ${late.toFixed(0)} MB (${((late / early - 1) * 100).toFixed(1)} %)`;
}

/**
 * An office: people with years of messages behind them do what people do, some twenty seconds apart.
 * @returns tables: the calls of each kind of action, and what the servers needed
 */
export async function benchOffice(size: { people: number; messages: number; seconds: number }): Promise<string> {
  const corpus = new Corpus(11);
  const workspace = await startWorkspace({ ...size, rooms: 60, members: 40 }, corpus.random);
  const { system } = workspace;
  const samples: Sample[] = [];
  const workers = workspace.people.map(
    (person) => new OfficeWorker(person, workspace, corpus, (sample) => samples.push(sample)),
  );
  try {
    for (const worker of workers) await worker.arrive();
    samples.length = 0;
    const resident = new Map<string, number[]>(parts.map((part) => [part, []]));
    const look = setInterval(() => {
      for (const part of parts) resident.get(part)?.push(residentOf(system.pid(part)));
    }, glance);
    const cpu = () => parts.reduce((sum, part) => sum + cpuOf(system.pid(part)), 0);
    const [before, begun] = [cpu(), performance.now()];
    const failures = await Promise.all(workers.map((worker) => worker.work(begun + size.seconds * 1000)));
    clearInterval(look);
    await pause(100);
    const busy = ((cpu() - before) / 1e6 / ((performance.now() - begun) / 1000)) * 100;
    const kinds = [...new Set(samples.map(({ action }) => action))].sort();
    const rows = kinds.map((kind) =>
      row(
        kind,
        samples.filter(({ action }) => action === kind),
      ),
    );
    const table = markdownTable(
      ["what people did", "calls", "mean ms", "p50 ms", "p99 ms", "longest ms", "5xx, timeouts", "refused"],
      [...rows, row("all", samples)],
    );
    const memory = parts.map((part) => [part, drift(resident.get(part) ?? [])]);
    const first = failures.flat()[0];
    return [
      table,
      markdownTable(["server", "resident, early and late"], memory),
      `The servers together used ${busy.toFixed(0)} % of one core.`,
      ...(first ? [`The first that went wrong: ${first}`] : []),
    ].join("\n\n");
  } finally {
    for (const worker of workers) worker.leave();
    await system.stop();
  }
}
