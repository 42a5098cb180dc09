import { preload } from "../src/preload";
import { pause, System, until } from "../src/system";
import { TcpProxy } from "../src/tcp-proxy";
import { Crowd } from "./crowd";
import { long, say } from "./length";

/** API Gateway ends every connection after two hours: here after seconds. */
const lifetime = 4000;
const shortLives = `
  const real = globalThis.setTimeout;
  const replaced = (work, ms, ...more) => real(work, ms === 2 * 3_600_000 ? ${lifetime} : ms, ...more);
  globalThis.setTimeout = Object.defineProperties(replaced, Object.getOwnPropertyDescriptors(real));
`;

let system: System;
let proxy: TcpProxy;
beforeAll(async () => {
  system = await System.prepare({ FRONTEND: "off" });
  preload(system, { Gateway: shortLives });
  await system.start();
  proxy = await TcpProxy.start(Number(system.environment["PORT_GATEWAY"]));
}, 120_000);
afterAll(async () => {
  Crowd.dismiss();
  await proxy?.stop();
  await system?.stop();
});

it("13. sockets cut at random, and ended by the gateway when they are old: everybody converges, with at most one sync a cut and one to be sure 3 s later", async () => {
  const crowd = await Crowd.gather(system, { gateway: proxy.port, listeners: 4 });
  crowd.start(long(20, 200));
  const [shortest, longest, duration] = long([500, 2000, 16_000], [3000, 20_000, 600_000]);
  let cuts = 0;
  for (const end = Date.now() + duration; Date.now() < end; cuts++) {
    await pause(shortest + Math.random() * (longest - shortest));
    if (cuts % 4 === 3) await pause(lifetime);
    proxy.cut();
  }
  await crowd.stopSending();
  const all = crowd.acknowledged;
  await until("everybody is level", () => crowd.listeners.every((listener) => listener.holds(all)), 60_000);
  for (const { connects, syncs, settled, endings } of crowd.listeners) {
    const codes = [...new Set(endings)].sort();
    say(
      `13: ${cuts} cuts, ${connects} connections, ${syncs} syncs (${settled} of them 3 s later), ended with ${codes.join()}`,
    );
    expect(connects).toBeGreaterThan(cuts / 2);
    expect(syncs - settled).toBeLessThanOrEqual(connects);
    expect(codes).toEqual([1001, 1006]);
  }
  await crowd.judge();
}, 900_000);
