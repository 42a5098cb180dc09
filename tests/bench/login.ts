import { routes } from "@connectbest/contract";
import { RestClient } from "../src/rest-client";
import { startHotChannel, type HotChannel } from "./hot-channel";
import { runRound, type Round } from "./rounds";
import { median, percentile } from "./statistics";
import { markdownTable } from "./table";

const signInsPerSecond = 4;
const messagesPerSecond = 50;

interface LoginRound {
  sends: Round;
  /** Milliseconds from sending a sign-in to its answer. */
  signIns: number[];
  refused: number;
}

/** Signs people in at an even rate, whatever the answers do, until told to stop. */
function signInEvenly({ people }: HotChannel, times: number[]): { stop(): Promise<number> } {
  let nth = 0;
  let refused = 0;
  const under: Promise<void>[] = [];
  const timer = setInterval(() => {
    const person = people[nth++ % people.length];
    if (!person) return;
    const begun = performance.now();
    const body = { email: person.email, password: person.password };
    under.push(
      new RestClient(person.rest.api).send(routes.login, { body }).then(
        ({ status }) => void (status === 200 ? times.push(performance.now() - begun) : refused++),
        () => void refused++,
      ),
    );
  }, 1000 / signInsPerSecond);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      return refused;
    },
  };
}

async function round(channel: HotChannel, seconds: number, withSignIns: boolean): Promise<LoginRound> {
  const signIns: number[] = [];
  const signing = withSignIns ? signInEvenly(channel, signIns) : undefined;
  const sends = await runRound(channel, messagesPerSecond, seconds);
  return { sends, signIns, refused: (await signing?.stop()) ?? 0 };
}

/**
 * What sign-ins cost those who are in: messages alone and beside sign-ins, in turn, on one system with bcrypt at the
 * production's cost. @returns a table, and by how much the 99th percentile rises
 */
export async function benchLogin(seconds: number, rounds: number): Promise<string> {
  const channel = await startHotChannel("gateway", 20, 200, { BCRYPT_COST: "12" });
  try {
    await runRound(channel, messagesPerSecond, 3);
    const [alone, beside]: [LoginRound[], LoginRound[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      alone.push(await round(channel, seconds, false));
      beside.push(await round(channel, seconds, true));
    }
    const row = (what: string, all: LoginRound[]): string[] => {
      const of = (pick: (round: Round) => number) => median(all.map(({ sends }) => pick(sends))).toFixed(1);
      const signIns = all.flatMap((one) => one.signIns);
      const at = (share: number) => (signIns.length > 0 ? percentile(signIns, share).toFixed(0) : "");
      const lost = all.reduce((sum, { sends }) => sum + sends.lost + sends.failed, 0);
      const refused = all.reduce((sum, one) => sum + one.refused, 0);
      return [
        what,
        of(({ p50 }) => p50),
        of(({ p99 }) => p99),
        String(lost),
        String(signIns.length),
        at(0.5),
        at(0.99),
        String(refused),
      ];
    };
    const p99 = (all: LoginRound[]) => median(all.map(({ sends }) => sends.p99));
    const table = markdownTable(
      ["50 messages/s", "p50 ms", "p99 ms", "lost or failed", "sign-ins", "p50 ms ", "p99 ms ", "refused"],
      [row("alone", alone), row("beside 4 sign-ins/s", beside)],
    );
    return `${table}\n\nThe sends' p99 rises by ${(p99(beside) - p99(alone)).toFixed(1)} ms.`;
  } finally {
    await channel.stop();
  }
}
