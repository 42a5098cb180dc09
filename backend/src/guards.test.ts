import { readFileSync } from "node:fs";
import path from "node:path";
import { ErrorBody, openApiDocument, routes, type Route } from "@connectbest/contract";
import mongoose from "mongoose";
import request from "supertest";
import { filesCleanUp } from "./features/files/clean-up";
import { createFileStorage, incomingFiles } from "./files-storage/create-file-storage";
import { unreadMailWorker } from "./features/notifications/mail-unread";
import { NotificationModel } from "./features/notifications/notifications.model";
import { pushWorker } from "./features/notifications/push";
import { vapidOf, type Vapid } from "./features/notifications/push-message";
import { PushSubscriptionModel } from "./features/notifications/push-subscriptions.model";
import { createLogger } from "./http/request-log";
import { GuardedFetch } from "./outgoing/guarded-fetch";
import { pushSubscription } from "./testing/push-service";
import { secretIn, startTestApi, testConfig, type Account, type TestApi } from "./testing/test-api";
import { addressOf, postFile, uploadFile } from "./testing/upload";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const everyRoute = Object.entries(routes) as [string, Route][];
const call = (route: Route, path: string) => {
  const agent = request(api.app);
  return agent[route.method](`/api${path.replace(/:\w+/g, "f".repeat(24))}`);
};

describe("the wire", () => {
  it("is described by the committed openapi.json (npm run openapi writes it)", () => {
    const committed: unknown = JSON.parse(readFileSync(path.join(__dirname, "../openapi.json"), "utf8"));
    expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument("0.1.0"))));
  });

  it("serves that description, and a page to read it", async () => {
    const served = await request(api.app).get("/api/openapi.json");
    expect(served.body).toEqual(JSON.parse(JSON.stringify(openApiDocument("0.1.0"))));
    const docs = await request(api.app).get("/docs");
    expect([docs.status, docs.type]).toEqual([200, "text/html"]);
    expect((await request(api.app).get("/docs/swagger-ui-bundle.js")).status).toBe(200);
  });

  it.each(everyRoute.filter(([, route]) => route.access !== "public"))(
    "%s refuses an anonymous caller, under every path",
    async (_, route) => {
      for (const path of [route.path, ...(route.aliases ?? [])]) {
        const response = await call(route, path).set("X-User-ID", "f".repeat(24));
        expect(response.status).toBe(401);
        expect(ErrorBody.parse(response.body).code).toBe("unauthenticated");
      }
    },
  );

  it.each(everyRoute)("%s exists in the application", async (_, route) => {
    const { token } = await api.signUp();
    const response = await call(route, route.path).set("authorization", `Bearer ${token}`);
    expect((response.body as ErrorBody).error ?? "").not.toMatch(/^This address/);
  });
});

interface Find {
  collection: string;
  filter: object;
  options: { sort?: Record<string, 1 | -1> };
}

/** Every filter that reaches the database while `work` runs. */
async function filtersOf(work: () => Promise<unknown>): Promise<Find[]> {
  const finds: Find[] = [];
  const reads = new Set([
    "find",
    "findOne",
    "findOneAndUpdate",
    "findOneAndDelete",
    "deleteOne",
    "deleteMany",
    "updateOne",
  ]);
  mongoose.set("debug", (collection: string, method: string, filter: object, ...rest: object[]) => {
    const options = (method.startsWith("find") ? rest.at(-1) : {}) as Find["options"];
    if (reads.has(method)) finds.push({ collection, filter, options: options ?? {} });
  });
  try {
    await work();
  } finally {
    mongoose.set("debug", false);
  }
  return finds;
}

interface Plan {
  stage: string;
  inputStage?: Plan;
  inputStages?: Plan[];
}
const stages = (plan: Plan): string[] => [
  plan.stage,
  ...[...(plan.inputStages ?? []), ...(plan.inputStage ? [plan.inputStage] : [])].flatMap(stages),
];

/** Everything that looks somebody or something of theirs up. */
async function useAccount(admin: Account): Promise<void> {
  const as = { token: admin.token };
  const body = { name: "script", scopes: ["read" as const], expiresInDays: 1 };
  const { token, secret } = await api.call(routes.createToken, { ...as, body });
  await api.call(routes.me, { token: secret });
  await api.call(routes.listTokens, as);
  await api.call(routes.listSessions, as);
  await api.call(routes.revokeToken, { ...as, params: { id: token.id } });
  await api.call(routes.revokeOtherSessions, as);
  await api.call(routes.resendVerification, { body: { email: "nobody@example.com" } });
  await api.call(routes.forgotPassword, { body: { email: admin.email } });
  const reset = { token: secretIn(await api.lastMail(admin.email)), newPassword: "a whole new one" };
  await api.send(routes.resetPassword, { body: { ...reset, token: `${reset.token}x` } });
  await api.call(routes.setUpTwoFactor, { ...as, body: { password: admin.password } });
  await api.call(routes.twoFactorStatus, as);
  await api.call(routes.exportMe, as);
  const { user } = await api.call(routes.me, { token: (await api.signUp("Dan")).token });
  await api.call(routes.setUserRole, { ...as, params: { id: user.id }, body: { role: "admin" } });
  await api.call(routes.suspendUser, { ...as, params: { id: user.id }, body: { reason: "Test" } });
  await api.call(routes.deleteUser, { ...as, params: { id: user.id } });
  const users = await api.call(routes.adminListUsers, { ...as, query: { limit: 1, status: "active" } });
  await api.call(routes.adminListUsers, { ...as, query: { limit: 1, cursor: users.nextCursor ?? "" } });
  const log = await api.call(routes.auditLog, { ...as, query: { limit: 1, kind: "sign_in" } });
  await api.call(routes.auditLog, { ...as, query: { limit: 1, cursor: log.nextCursor ?? "", actorId: admin.id } });
}

/** Everything that looks files up. */
async function useFiles(owner: Account, channelId: string): Promise<void> {
  const as = { token: owner.token };
  const file = { bytes: Buffer.from("notes") };
  const { message } = await postFile(api, owner, channelId, file);
  const { file: sent } = await postFile(api, owner, channelId, file);
  await addressOf(api, owner, sent.url);
  const page = await api.call(routes.listChannelFiles, { ...as, params: { id: channelId }, query: { limit: 1 } });
  const query = { limit: 1, cursor: page.nextCursor ?? "" };
  await api.call(routes.listChannelFiles, { ...as, params: { id: channelId }, query });
  await api.call(routes.deleteMessage, { ...as, params: { id: message.id } });
  const { id } = await uploadFile(api, owner, file);
  await api.call(routes.deleteFile, { ...as, params: { id } });
  const logger = createLogger("silent");
  await filesCleanUp(createFileStorage(testConfig, logger), incomingFiles(testConfig), logger).run();
}

/** Everything that looks for whom to tell, where, and of what. */
async function useNotices(author: Account, reader: Account, channelId: string): Promise<void> {
  const as = { token: reader.token };
  await api.call(routes.subscribePush, { ...as, body: pushSubscription });
  await api.post(author, channelId, `@${reader.username}`);
  await api.settle();
  await api.call(routes.listNotifications, as);
  await NotificationModel.updateMany({ userId: reader.id }, { $set: { pushAt: new Date(0), mailAt: new Date(0) } });
  const logger = createLogger("silent");
  // Refused before anything is called.
  await PushSubscriptionModel.updateMany({ userId: reader.id }, { $set: { endpoint: "http://127.0.0.1:1" } });
  await pushWorker(vapidOf(testConfig) as Vapid, new GuardedFetch(), logger).run();
  await unreadMailWorker(logger).run();
  await api.outbox.run();
  await api.call(routes.unsubscribePush, { ...as, body: { endpoint: pushSubscription.endpoint } });
}

describe("the database", () => {
  it("answers every query of every feature from an index", async () => {
    const [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
    const channel = await api.createChannel(ada, [bob]);
    await mongoose.connection.collection("users").updateOne({ email: ada.email }, { $set: { role: "admin" } });
    const as = { token: ada.token, params: { id: channel.id } };
    const finds = await filtersOf(async () => {
      const carol = await api.signUp("Carol");
      const one = await api.post(ada, channel.id, "one");
      const two = await api.post(ada, channel.id, "two");
      await api.call(routes.listMessages, as);
      await api.call(routes.listMessages, { ...as, query: { before: two.id } });
      await api.call(routes.listMessages, { ...as, query: { around: one.id } });
      await api.call(routes.listMessages, { ...as, query: { at: two.createdAt } });
      await api.call(routes.getMessage, { token: ada.token, params: { id: one.id } });
      await api.call(routes.markRead, { ...as, body: { seq: 1 } });
      await api.call(routes.listChannels, { token: bob.token });
      await api.call(routes.browseChannels, { token: carol.token, query: { query: "c", limit: 1 } });
      await api.call(routes.joinChannel, { token: carol.token, params: { id: channel.id } });
      const members = await api.call(routes.listMembers, { ...as, query: { limit: 1 } });
      await api.call(routes.listMembers, { ...as, query: { limit: 1, cursor: members.nextCursor ?? "" } });
      await api.call(routes.leaveChannel, { token: carol.token, params: { id: channel.id } });
      await useFiles(ada, channel.id);
      await useNotices(ada, bob, channel.id);
      const users = await api.call(routes.listUsers, { token: ada.token, query: { limit: 1 } });
      await api.call(routes.listUsers, { token: ada.token, query: { limit: 1, cursor: users.nextCursor ?? "" } });
      await api.call(routes.searchUsers, { token: ada.token, query: { query: "bo" } });
      await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
      await api.call(routes.sync, { token: ada.token, body: { channels: { [channel.id]: 0 } } });
      await useAccount(ada);
      await api.call(routes.logout, { token: carol.token });
    });
    expect(finds.length).toBeGreaterThan(50);
    for (const { collection, filter, options } of finds) {
      const cursor = mongoose.connection
        .collection(collection)
        .find(filter, options.sort ? { sort: options.sort } : {});
      const explained = await cursor.explain("queryPlanner");
      const plan = (explained as { queryPlanner: { winningPlan: Plan } }).queryPlanner.winningPlan;
      expect({
        collection,
        filter,
        stages: stages(plan).filter((stage) => stage === "COLLSCAN" || stage === "SORT"),
      }).toEqual({
        collection,
        filter,
        stages: [],
      });
    }
  }, 60_000);
});
