import { startHotChannel } from "./hot-channel";
import { runRound } from "./rounds";
import { cpuOf } from "./processes";
import { WebSocket } from "ws";
import fs from "node:fs";
async function inspector(pid: number) {
  process.kill(pid, "SIGUSR1");
  await new Promise((r) => setTimeout(r, 500));
  const list = (await (await fetch("http://127.0.0.1:9229/json")).json()) as any[];
  const ws = new WebSocket(list[0].webSocketDebuggerUrl, { maxPayload: 1e9 });
  await new Promise((r) => ws.once("open", r));
  let id = 0;
  const wait = new Map<number, (v: any) => void>();
  ws.on("message", (d) => {
    const m = JSON.parse(d.toString());
    wait.get(m.id)?.(m.result);
  });
  return (method: string, params = {}) =>
    new Promise<any>((r) => {
      wait.set(++id, r);
      ws.send(JSON.stringify({ id, method, params }));
    });
}
(async () => {
  const t = await startHotChannel((process.argv[4] as "gateway") ?? "gateway", 100, 200);
  await runRound(t, 50, 3);
  const rate = Number(process.argv[2] ?? 50);
  const names = ["API", "Gateway", "Database", "DynamoDB"];
  const which = process.argv[3];
  let call: any;
  if (which && which !== "-") {
    call = await inspector(t.pids()[names.indexOf(which)]!);
    await call("Profiler.enable");
    await call("Profiler.setSamplingInterval", { interval: 200 });
    await call("Profiler.start");
  }
  const b = t.pids().map(cpuOf);
  const me = process.cpuUsage();
  const r = await runRound(t, rate, 6);
  const a = t.pids().map(cpuOf);
  const u = process.cpuUsage(me);
  if (call) {
    const { profile } = await call("Profiler.stop");
    fs.mkdirSync("/tmp/prof", { recursive: true });
    fs.writeFileSync(`/tmp/prof/${which}.json`, JSON.stringify(profile));
  }
  console.log(
    r.p50.toFixed(1),
    r.p99.toFixed(1),
    names.map((n, i) => `${n} ${(((a[i] ?? 0) - (b[i] ?? 0)) / r.sent / 1000).toFixed(2)} ms/msg`).join(", "),
    "client",
    ((u.user + u.system) / r.sent / 1000).toFixed(2),
  );
  await t.stop();
  process.exit(0);
})();
