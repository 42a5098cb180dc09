import { dictionary } from "@zxcvbn-ts/language-common";
import { routes } from "@connectbest/contract";
import { startTestApi, type TestApi } from "../../testing/test-api";
import { isCommonPassword } from "./common-passwords";
import { hashPassword, verifyPassword } from "./passwords";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const register = (password: string) =>
  api.send(routes.register, { body: { email: "somebody@example.com", password, name: "Somebody" } });

describe("a password", () => {
  it.each([
    "1234567",
    "password",
    "PASSWORD123",
    "iloveyou1",
    "qwertyuiop",
    "88888888",
    "121212121",
    "987654321",
    "abcdefgh",
  ])("is refused: %s", async (password) => {
    const response = await register(password);
    expect(response.body).toMatchObject({ code: "invalid_request", details: [{ path: "body.password" }] });
  });

  it.each([
    "пароль на кириллице",
    "一二三四五六七八",
    "كلمة مرور طويلة",
    "🦊🐻🐼🐨🐯🦁🐮🐷",
    "x y z w ".repeat(16),
    "é".repeat(128),
  ])("is taken in any script and up to 128 characters: %s", async (password) => {
    expect((await register(password)).status).toBe(201);
  });

  it("has 8 to 128 characters as people count them", async () => {
    expect((await register("🦊🐻🐼🐨")).status).toBe(400);
    expect((await register("é".repeat(129))).status).toBe(400);
  });

  it("is the same however its accents were typed, and every character of it counts", async () => {
    const hash = await hashPassword("caf\u00e9 au lait".repeat(8), 4);
    expect(await verifyPassword("cafe\u0301 au lait".repeat(8), hash, 4)).toBe(true);
    expect(await verifyPassword(`${"caf\u00e9 au lait".repeat(7)}caf\u00e9 au laiT`, hash, 4)).toBe(false);
  });
});

describe("the common ones", () => {
  it("hold the three thousand commonest, as far as they are long enough", () => {
    const first = (dictionary["passwords-common"] as string[]).slice(0, 3000);
    expect(first.filter((password) => password.length >= 8 && !isCommonPassword(password))).toEqual([]);
    expect(first.filter((password) => password.length >= 8).length).toBeGreaterThan(300);
  });
});
