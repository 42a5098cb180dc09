import { routes, User } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada Lovelace");
  for (const name of ["Zoë Ångström", "Иван Петров", "李小龙", "Bob Stone"]) await api.signUp(name);
});
afterAll(() => api.close());

describe("people", () => {
  it("are listed by name, page after page, each once", async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.call(routes.listUsers, {
        token: ada.token,
        query: { limit: 2, ...(cursor && { cursor }) },
      });
      names.push(...page.users.map((user) => user.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(["Ada Lovelace", "Bob Stone", "Zoë Ångström", "Иван Петров", "李小龙"]);
  });

  it.each([
    ["zoe", "Zoë Ångström"],
    ["ANGST", "Zoë Ångström"],
    ["петр", "Иван Петров"],
    ["李", "李小龙"],
    ["bob.st", "Bob Stone"],
  ])("are found by %s", async (query, name) => {
    const { users } = await api.call(routes.searchUsers, { token: ada.token, query: { query } });
    expect(users.map((user) => user.name)).toEqual([name]);
  });

  it("show exactly the fields of the contract", async () => {
    const { body } = await api.send(routes.getUser, { token: ada.token, params: { id: ada.id } });
    expect(Object.keys((body as { user: object }).user).sort()).toEqual(Object.keys(User.shape).sort());
  });

  it("change their own name, and are found by it", async () => {
    const { user } = await api.call(routes.updateMe, { token: ada.token, body: { name: "Ada King" } });
    expect(user.name).toBe("Ada King");
    const { users } = await api.call(routes.searchUsers, { token: ada.token, query: { query: "king" } });
    expect(users.map(({ id }) => id)).toEqual([ada.id]);
  });

  it("answer a wrong cursor, an unknown id and a wrong id with words", async () => {
    const cursor = await api.send(routes.listUsers, { token: ada.token, query: { cursor: "not-one" } });
    expect([cursor.status, cursor.body]).toMatchObject([400, { code: "invalid_request" }]);
    const unknown = await api.send(routes.getUser, { token: ada.token, params: { id: "f".repeat(24) } });
    expect([unknown.status, unknown.body]).toMatchObject([404, { code: "not_found" }]);
    const wrong = await api.send(routes.getUser, { token: ada.token, params: { id: "x" } });
    expect([wrong.status, wrong.body]).toMatchObject([400, { details: [{ path: "path.id" }] }]);
  });
});
