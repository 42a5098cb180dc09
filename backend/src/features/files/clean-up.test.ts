import { existsSync, readdirSync, utimesSync, writeFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { routes, type ErrorBody } from "@connectbest/contract";
import { Types } from "mongoose";
import sharp from "sharp";
import { inTransaction } from "../../db/transaction";
import { createFileStorage, incomingFiles } from "../../files-storage/create-file-storage";
import { createLogger } from "../../http/request-log";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { postFile, sendFile, uploadFile } from "../../testing/upload";
import { claimFiles, FilesTaken, keepFiles, releaseFiles } from "./attach";
import { filesCleanUp } from "./clean-up";
import { FileModel } from "./files.model";
import { roomTaken } from "./quota";

let api: TestApi;
let ada: Account;
let channelId: string;
const logger = createLogger("silent");
const storage = createFileStorage(testConfig, logger);
const cleanUp = filesCleanUp(storage, incomingFiles(testConfig), logger);
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
  channelId = (await api.createChannel(ada)).id;
});
afterAll(() => api.close());

const text = { bytes: Buffer.from("hello files") };
const stored = (): number => {
  if (!existsSync(testConfig.FILES_DIRECTORY)) return 0;
  const all = readdirSync(testConfig.FILES_DIRECTORY, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).length;
};
/** As if so many hours had gone by since the upload. */
const age = async (id: string, hours: number) => {
  const file = await FileModel.findById(id).lean();
  const removeAt = new Date((file?.removeAt?.getTime() ?? 0) - hours * 3_600_000);
  await FileModel.updateOne({ _id: id, removeAt: { $ne: null } }, { $set: { removeAt } });
};
const sum = async () => (await FileModel.find().lean()).reduce((bytes, { storedBytes }) => bytes + storedBytes, 0);

describe("the clean-up", () => {
  it("takes away what was not sent for a day: bytes, room and all that is known of it", async () => {
    const [before, room] = [stored(), await roomTaken()];
    const picture = await sharp({ create: { width: 90, height: 90, channels: 3, background: "#abc" } })
      .png()
      .toBuffer();
    const file = await uploadFile(api, ada, { bytes: picture, name: "x.png" });
    expect([stored() - before, (await roomTaken()) > room + file.size]).toEqual([2, true]);
    await age(file.id, 23.9);
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).not.toBeNull();
    await age(file.id, 0.2);
    await cleanUp.run();
    expect([await FileModel.exists({ _id: file.id }), stored(), await roomTaken()]).toEqual([null, before, room]);
  });

  it("leaves alone what was sent, and takes it once no message shows it", async () => {
    const { file, message } = await postFile(api, ada, channelId, text);
    await age(file.id, 1000);
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).not.toBeNull();
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: message.id } });
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).toBeNull();
  });

  it("waits for what is to be sent later", async () => {
    const file = await uploadFile(api, ada, text);
    const [id, ownerId] = [new Types.ObjectId(file.id), new Types.ObjectId(ada.id)];
    await keepFiles([id], ownerId, new Date(Date.now() + 100 * 24 * 3_600_000));
    await age(file.id, 100 * 24);
    await cleanUp.run();
    expect(await FileModel.exists({ _id: id })).not.toBeNull();
    await expect(keepFiles([id], new Types.ObjectId(), new Date())).rejects.toThrow("This file was not found");
  });

  it("takes away what a process left half-way", async () => {
    const file = await uploadFile(api, ada, text);
    const { key } = (await FileModel.findByIdAndUpdate(file.id, { $set: { status: "storing" } }).lean()) ?? { key: "" };
    await age(file.id, 25);
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).toBeNull();
    await expect(storage.get(key)).rejects.toMatchObject({ code: "not_found" });
  });

  it("removes temporary files of long ago, and none that may still grow", async () => {
    const { folder } = incomingFiles(testConfig);
    mkdirSync(folder, { recursive: true });
    const [old, young] = [path.join(folder, "old"), path.join(folder, "young")];
    for (const file of [old, young]) writeFileSync(file, "x");
    utimesSync(old, new Date(), new Date(Date.now() - 61 * 60_000));
    await cleanUp.run();
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it("in several processes at once does each once, and loses no room", async () => {
    const files = await Promise.all(Array.from({ length: 12 }, () => uploadFile(api, ada, text)));
    const room = await roomTaken();
    for (const { id } of files) await age(id, 25);
    const others = Array.from({ length: 4 }, () => filesCleanUp(storage, incomingFiles(testConfig), logger));
    await Promise.all(others.map((other) => other.run()));
    expect(await FileModel.countDocuments({ _id: { $in: files.map(({ id }) => id) } })).toBe(0);
    expect(room - (await roomTaken())).toBe(12 * text.bytes.length);
  });

  it("tries again what could not be removed", async () => {
    const file = await uploadFile(api, ada, text);
    await age(file.id, 25);
    const away = createFileStorage(
      { ...testConfig, FILES_STORAGE: "s3", FILES_BUCKET: "x", S3_ENDPOINT: "http://127.0.0.1:9" },
      logger,
    );
    await filesCleanUp(away, incomingFiles(testConfig), logger).run();
    expect((await FileModel.findById(file.id).lean())?.status).toBe("removing");
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).not.toBeNull();
    await age(file.id, 0.2);
    await cleanUp.run();
    expect(await FileModel.exists({ _id: file.id })).toBeNull();
  });

  it("begins when it is started", async () => {
    const file = await uploadFile(api, ada, text);
    await age(file.id, 25);
    const own = filesCleanUp(storage, incomingFiles(testConfig), logger);
    own.start();
    await own.run();
    await own.stop();
    expect(await FileModel.exists({ _id: file.id })).toBeNull();
  });

  it("and a message never both have a file", async () => {
    for (let i = 0; i < 20; i++) {
      const file = await uploadFile(api, ada, text);
      await age(file.id, 25);
      const body = { content: "just in time", fileIds: [file.id] };
      const [sent] = await Promise.all([
        api.send(routes.postMessage, { token: ada.token, params: { id: channelId }, body }),
        filesCleanUp(storage, incomingFiles(testConfig), logger).run(),
      ]);
      const isThere = (await api.send(routes.getFile, { token: ada.token, params: { id: file.id } })).status === 302;
      expect([isThere, [201, 404, 409].includes(sent.status)]).toEqual([sent.status === 201, true]);
    }
  });
});

describe("attaching", () => {
  it("is done within a transaction, or not at all", async () => {
    const file = await uploadFile(api, ada, text);
    const [fileIds, ownerId] = [[new Types.ObjectId(file.id)], new Types.ObjectId(ada.id)];
    const claim = (messageId: Types.ObjectId) => ({
      fileIds,
      ownerId,
      messageId,
      channelId: new Types.ObjectId(channelId),
    });
    const failed = inTransaction(async (session) => {
      await claimFiles([claim(new Types.ObjectId())], session);
      throw new Error("something else");
    });
    await expect(failed).rejects.toThrow("something else");
    const messageId = new Types.ObjectId();
    await inTransaction((session) => claimFiles([claim(messageId)], session));
    await expect(inTransaction((session) => claimFiles([claim(new Types.ObjectId())], session))).rejects.toThrow(
      FilesTaken,
    );
    await inTransaction((session) => releaseFiles(fileIds, new Types.ObjectId(), session));
    expect((await FileModel.findById(file.id).lean())?.status).toBe("ready");
    await inTransaction((session) => releaseFiles(fileIds, messageId, session));
    await inTransaction((session) => releaseFiles(fileIds, messageId, session));
    expect((await FileModel.findById(file.id).lean())?.status).toBe("removing");
    await expect(inTransaction((session) => claimFiles([claim(messageId)], session))).rejects.toThrow(FilesTaken);
  });
});

describe("the room of the workspace", () => {
  it("is what its files take, whatever became of them", async () => {
    await cleanUp.run();
    expect(await roomTaken()).toBe(await sum());
  });

  it("once used up is refused in words that help, and is there again when files go", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    const taken = Math.ceil((await roomTaken()) / megabyte.length);
    const small = api.with({ FILES_QUOTA_MB: taken + 1 });
    const file = await uploadFile(small, ada, { bytes: megabyte });
    const refused = await sendFile(small, ada, { bytes: megabyte });
    expect([refused.status, (refused.body as ErrorBody).code]).toEqual([413, "too_large"]);
    expect((refused.body as ErrorBody).error).toMatch(/are used up\. Delete messages whose files nobody needs, or ask/);
    await api.call(routes.deleteFile, { token: ada.token, params: { id: file.id } });
    await cleanUp.run();
    expect((await sendFile(small, ada, { bytes: megabyte })).status).toBe(201);
  });

  it("is never overdrawn by many who come at once", async () => {
    const half = Buffer.alloc(512 * 1024, "x");
    const taken = await roomTaken();
    const quota = Math.ceil(taken / 2 / half.length) + 2;
    const small = api.with({ FILES_QUOTA_MB: quota });
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendFile(small, ada, { bytes: half })));
    const kept = answers.filter(({ status }) => status === 201).length;
    expect(kept).toBe(Math.floor((quota * 1024 * 1024 - taken) / half.length));
    expect([await roomTaken(), answers.every(({ status }) => status === 201 || status === 413)]).toEqual([
      await sum(),
      true,
    ]);
  });
});
