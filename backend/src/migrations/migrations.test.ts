import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import { startTestApi, type TestApi } from "../testing/test-api";
import { migrate, migrations, type Db } from ".";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

it("people and sessions of the version before accounts go on as they were", async () => {
  const person = await api.signUp("From Before");
  const added = ["status", "statusMessage", "statusExpiresAt", "preferences", "pendingEmail", "twoFactorEnabled"];
  const { db } = mongoose.connection;
  const unset = (fields: string[]) => ({ $unset: Object.fromEntries(fields.map((field) => [field, 1])) });
  await db?.collection("users").updateMany({}, unset([...added, "suspendedAt", "suspendedReason", "deletedAt"]));
  await db?.collection("sessions").updateMany({}, unset(["kind", "method", "lastSeenAt"]));
  await db?.collection("migrations").deleteMany({});
  await migrate(mongoose.connection.db as Db, migrations);
  await migrate(mongoose.connection.db as Db, migrations);
  const { user } = await api.call(routes.me, { token: person.token });
  expect(user).toMatchObject({ name: "From Before", status: "online", preferences: { theme: "system" } });
  expect((await api.call(routes.listSessions, { token: person.token })).sessions).toHaveLength(1);
  expect((await api.call(routes.listUsers, { token: person.token })).users).toHaveLength(1);
});
