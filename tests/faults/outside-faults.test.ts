import { routes } from "@connectbest/contract";
import { subjects } from "../src/mail";
import { preload, withEnvironment } from "../src/preload";
import { Person, RestClient } from "../src/rest-client";
import { System, until } from "../src/system";
import { TcpProxy, type Weather } from "../src/tcp-proxy";
import { someEmail } from "../src/visitor";
import { long } from "./length";

/** S3 and SES, each behind a line that can be cut. */
let system: System;
let s3: TcpProxy;
let ses: TcpProxy;
beforeAll(async () => {
  s3 = await TcpProxy.start(0);
  system = await System.prepare({
    FRONTEND: "off",
    FILES_STORAGE: "s3",
    FILES_BUCKET: "files",
    S3_ENDPOINT: `http://127.0.0.1:${s3.port}`,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  });
  // No S3, but somebody who takes connections; nothing of him is ever reached.
  s3.target = Number(system.environment["PORT_MAIL"]);
  ses = await TcpProxy.start(Number(system.environment["PORT_MAIL"]));
  preload(system, { API: withEnvironment({ SES_ENDPOINT: `http://127.0.0.1:${ses.port}` }) });
  await system.start();
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await s3?.stop();
  await ses?.stop();
});

const upload = async (person: Person): Promise<Response> => {
  const form = new FormData();
  form.append("file", new Blob(["hello files"], { type: "text/plain" }), "notes.txt");
  const headers = { authorization: `Bearer ${person.rest.token}` };
  return fetch(`${system.api}${routes.uploadFile.path}`, { method: "POST", headers, body: form });
};

// A line that stalls costs the 20 s that an upload waits for S3.
it.each(long<Weather[]>(["refuse"], ["refuse", "stall"]))(
  "15. S3 down (%s): uploads answer 503 with Retry-After, text is sent all the same",
  async (weather) => {
    const ada = await Person.signUp(system, "Ada");
    const channel = await ada.createChannel(`without-files-${weather}`);
    s3.weather = weather;
    const spurned = s3.spurned;
    const uploading = upload(ada);
    const message = await ada.post(channel.id, "text still comes through");
    const refused = await uploading;
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([503, true]);
    expect(await refused.json()).toMatchObject({ code: "unavailable" });
    expect(s3.spurned).toBeGreaterThan(spurned);
    expect(await ada.readAll(channel.id)).toEqual([message]);
  },
  90_000,
);

it.each(["refuse", "stall"] as const)(
  "15. SES down (%s): a registration is answered as ever, and its mail comes when SES is back",
  async (weather) => {
    const anybody = new RestClient(system.api);
    const register = (email: string) => {
      const body = { email, password: "long enough a password 47", name: "Patient" };
      return anybody.send(routes.register, { body });
    };
    const asEver = await register(someEmail());
    const email = someEmail();
    ses.weather = weather;
    ses.cut();
    const spurned = ses.spurned;
    const answer = await register(email);
    const { message, user } = answer.body as { message: string; user: { email: string } };
    expect([answer.status, message]).toEqual([asEver.status, (asEver.body as { message: string }).message]);
    expect(user.email).toBe(email);
    expect(answer.status).toBeLessThan(300);
    await until("SES was asked in vain", () => ses.spurned > spurned);
    expect(await system.inbox.to(email)).toEqual([]);
    ses.weather = "pass";
    // The outbox tries again after 5 s, then after 15.
    await system.inbox.waitFor(email, subjects.confirm).catch(() => system.inbox.waitFor(email, subjects.confirm));
    await anybody.call(routes.verifyEmail, { body: { token: await system.inbox.tokenTo(email, subjects.confirm) } });
    expect(
      (await anybody.call(routes.login, { body: { email, password: "long enough a password 47" } })).user.email,
    ).toBe(email);
  },
  90_000,
);
