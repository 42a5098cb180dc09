import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import { unavailable } from "../../http/errors";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { uploadFile } from "../../testing/upload";
import { MessageModel } from "./messages.model";

let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());
beforeEach(async () => {
  channelId = (await api.createChannel(ada, [bob])).id;
});

const post = ({ token }: Account, body: { content: string; clientMessageId?: string; fileIds?: string[] }) =>
  api.send(routes.postMessage, { token, params: { id: channelId }, body });
const newFile = (who: Account) => uploadFile(api, who, { bytes: Buffer.from("some notes") });

describe("what is refused", () => {
  it("is the message whose file is taken alone: the others of its moment have nothing to do with it", async () => {
    const used = await newFile(ada);
    await post(ada, { content: "first", fileIds: [used.id] });
    const good = await Promise.all([newFile(bob), newFile(bob), newFile(ada)]);
    const answers = await Promise.all([
      post(bob, { content: "text alone" }),
      post(ada, { content: "again", fileIds: [used.id] }),
      post(bob, { content: "good", fileIds: [good[0].id] }),
      post(bob, { content: "good too", fileIds: [good[1].id] }),
      post(ada, { content: "and this", fileIds: [good[2].id] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 201, 201, 201]);
  });

  it("is one of two that want the same file at once", async () => {
    const file = await newFile(ada);
    const answers = await Promise.all([
      post(ada, { content: "one", fileIds: [file.id] }),
      post(ada, { content: "two", fileIds: [file.id] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it("is never a repeat of what was stored, though the channel is archived since", async () => {
    const body = { content: "said in time", clientMessageId: randomUUID() };
    expect((await post(ada, body)).status).toBe(201);
    await api.call(routes.archiveChannel, { token: ada.token, params: { id: channelId } });
    const repeat = await post(ada, body);
    expect([repeat.status, repeat.body]).toEqual([
      200,
      { message: expect.objectContaining({ content: "said in time" }) },
    ]);
    expect((await post(ada, { ...body, content: "something else" })).status).toBe(409);
    expect((await post(ada, { content: "too late" })).status).toBe(403);
  });

  it("is refused at once while the database is away, without asking it for repeats: others wait in line", async () => {
    // What follows from the tests before would take the failure for itself.
    await api.settle();
    const session = jest.spyOn(mongoose, "startSession").mockRejectedValueOnce(unavailable());
    const find = jest.spyOn(MessageModel, "find");
    try {
      const refused = await post(ada, { content: "said in vain" });
      const asked = find.mock.calls.filter(([filter]) => filter && "clientMessageId" in filter);
      expect([refused.status, asked]).toEqual([503, []]);
    } finally {
      session.mockRestore();
      find.mockRestore();
    }
    expect((await post(ada, { content: "said again" })).status).toBe(201);
  });
});
