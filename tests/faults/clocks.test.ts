import { writeFileSync } from "node:fs";
import path from "node:path";
import { routes, type Message } from "@connectbest/contract";
import { preload } from "../src/preload";
import { Person } from "../src/rest-client";
import { System, until } from "../src/system";
import { codeOf, enableTwoFactor, steadyCode } from "../src/two-factor";
import { judge } from "./judge";

const hour = 3_600_000;
/** Steps of an authenticator app in an hour. */
const hourOfSteps = 120;

/** The API's clock goes wrong by what the file says when it starts. */
const wrongClock = (file: string): string => `
  const offset = Number(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"));
  const real = Date;
  const now = () => real.now() + offset;
  globalThis.Date = new Proxy(real, {
    construct: (target, args, self) => Reflect.construct(target, args.length ? args : [now()], self),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
`;

let system: System;
const clockFile = () => path.join(system.folder, "clock");
beforeAll(async () => {
  system = await System.prepare({ FRONTEND: "off" });
  writeFileSync(clockFile(), "0");
  preload(system, { API: wrongClock(clockFile()) });
  await system.start();
}, 120_000);
afterAll(() => system?.stop());

/** Starts the API with a clock that is wrong by so many milliseconds. */
async function setClock(offset: number): Promise<void> {
  writeFileSync(clockFile(), String(offset));
  const before = system.pid("API");
  system.kill("API");
  await until("the API runs again", async () => system.pid("API") !== before && (await system.apiIsReady()), 60_000);
}

it("14. the server's clock an hour ahead, then an hour behind: order, pages and unread counts as if nothing were", async () => {
  const [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  const channel = await ada.createChannel("out-of-time", [bob]);
  const params = { id: channel.id };
  const posted: Message[] = [];
  const standing = async () =>
    (await bob.rest.call(routes.listChannels)).channels.find(({ id }) => id === channel.id)?.membership;

  for (const offset of [0, hour, -hour, 0]) {
    await setClock(offset);
    const from = posted.length;
    for (let i = 0; i < 15; i++) posted.push(await ada.post(channel.id, `${offset} ${i}`));
    expect(Math.abs(Date.parse(posted.at(-1)?.createdAt ?? "") - Date.now() - offset)).toBeLessThan(60_000);
    expect(await judge([ada, bob], channel.id, posted)).toEqual(posted);

    // Pages of seven, from the oldest on.
    const walked: Message[] = posted.slice(0, 1);
    for (let hasMore = true; hasMore;) {
      const query = { limit: 7, after: walked.at(-1)?.id ?? "" };
      const page = await bob.rest.call(routes.listMessages, { params, query });
      walked.push(...page.messages);
      hasMore = page.hasMoreAfter;
    }
    expect(walked).toEqual(posted);
    const { channels } = await bob.rest.call(routes.sync, { body: { channels: { [channel.id]: from } } });
    expect(channels[0]?.messages).toEqual(posted.slice(from));

    // Five are left unread, and fifteen come on top.
    expect(await standing()).toMatchObject({ unreadCount: from === 0 ? 15 : 20 });
    const upTo = posted.at(-6);
    await bob.rest.call(routes.markRead, { params, body: { seq: upTo?.seq ?? 0 } });
    expect(await standing()).toMatchObject({ unreadCount: 5, lastReadSeq: upTo?.seq });
    // Whatever the clock says, what was read stays read.
    await bob.rest.call(routes.markRead, { params, body: { seq: 1 } });
    expect(await standing()).toMatchObject({ unreadCount: 5 });
  }
  const times = posted.map(({ createdAt }) => createdAt);
  expect(times).not.toEqual([...times].sort());
}, 120_000);

it("14. an authenticator an hour off is refused, and of the right clock's codes one step before and after is accepted, each once", async () => {
  await setClock(0);
  const person = await Person.signUp(system, "Punctual");
  const { secret } = await enableTwoFactor(person);
  await setClock(hour);
  await steadyCode(15_000);
  const signIn = async (steps: number): Promise<number> => {
    const body = { email: person.email, password: person.password, code: codeOf(secret, steps) };
    return (await person.rest.send(routes.login, { body })).status;
  };
  // To the server, the real time is an hour behind.
  expect([await signIn(0), await signIn(hourOfSteps - 2), await signIn(hourOfSteps + 2)]).toEqual([401, 401, 401]);
  expect([await signIn(hourOfSteps - 1), await signIn(hourOfSteps - 1)]).toEqual([200, 401]);
  expect([await signIn(hourOfSteps), await signIn(hourOfSteps + 1)]).toEqual([200, 200]);
  expect(await signIn(hourOfSteps)).toBe(401);
}, 120_000);
