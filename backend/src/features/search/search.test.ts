import { routes } from "@connectbest/contract";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { SearchIndexer } from "./indexing/search-indexer";

let api: TestApi;
let ada: Account;
let bob: Account;
let eve: Account;
const indexer = new SearchIndexer(createLogger("silent"), { rest: 0 });

beforeAll(async () => {
  api = await startTestApi();
  [ada, bob, eve] = [await api.signUp("Ada Lovelace"), await api.signUp("Bob Byron"), await api.signUp("Eve")];
});
afterAll(() => api.close());

const search = async (account: Account, q: string, query: { limit?: number; cursor?: string } = {}) =>
  api.call(routes.search, { token: account.token, query: { q, ...query } });
/** What is found, newest first. */
const found = async (account: Account, q: string): Promise<string[]> =>
  (await search(account, q)).results.map(({ message }) => message.content);

describe.each([
  ["before it is indexed", async () => undefined],
  ["once it is indexed", () => indexer.run()],
])("a message %s", (_, settle) => {
  it("is found", async () => {
    const word = `w${Math.random().toString(36).slice(2)}`;
    const channel = await api.createChannel(ada, [bob]);
    await api.post(ada, channel.id, `one ${word}`);
    await api.post(bob, channel.id, `two ${word} Zoë`);
    await settle();
    expect(await found(ada, word)).toEqual([`two ${word} Zoë`, `one ${word}`]);
    expect(await found(bob, `zoe ${word}`)).toEqual([`two ${word} Zoë`]);
    expect(await found(eve, word)).toEqual([]);
  });
});
