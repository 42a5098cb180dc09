import fs from "node:fs/promises";
import { ErrorBody, routes } from "@connectbest/contract";
import sharp from "sharp";
import request from "supertest";
import { createFileStorage, incomingFiles } from "../../files-storage/create-file-storage";
import { createLogger } from "../../http/request-log";
import { bucket, S3Server } from "../../testing/s3-server";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { addressOf, postFile, sendFile, uploadFile } from "../../testing/upload";
import { filesCleanUp } from "./clean-up";
import { FileModel } from "./files.model";
import { roomTaken } from "./quota";

let api: TestApi;
let s3: S3Server;
let ada: Account;
let channelId: string;
beforeAll(async () => {
  s3 = await S3Server.start();
  api = await startTestApi({ FILES_STORAGE: "s3", FILES_BUCKET: bucket, S3_ENDPOINT: s3.endpoint });
  ada = await api.signUp("Ada");
  channelId = (await api.createChannel(ada)).id;
});
afterAll(async () => {
  await api.close();
  await s3.stop();
});

const away = { FILES_STORAGE: "s3" as const, FILES_BUCKET: bucket, S3_ENDPOINT: "http://127.0.0.1:9" };
const text = { bytes: Buffer.from("hello files") };

describe("files in S3", () => {
  it("are read at S3's own address, signed for five minutes", async () => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#abc" } })
      .png()
      .toBuffer();
    const { file } = await postFile(api, ada, channelId, { bytes, name: "Grüße.png" });
    const address = new URL(await addressOf(api, ada, file.url));
    expect([address.origin, address.searchParams.get("X-Amz-Expires")]).toEqual([s3.endpoint, "300"]);
    expect(address.href).not.toContain(file.id);
    const answer = await fetch(address);
    expect([answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([
      "image/png",
      `inline; filename="Gr__e.png"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.png`,
    ]);
    expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(30);
    const small = await fetch(await addressOf(api, ada, file.thumbnailUrl ?? ""));
    expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/webp"]);
  });
});

describe("while S3 is away", () => {
  it("uploads say so and when to come back, and text is sent all the same", async () => {
    const UPLOADS_PER_HOUR = 1;
    const bob = await api.signUp("Bob");
    const down = api.with({ ...away, UPLOADS_PER_HOUR });
    const started = performance.now();
    for (let i = 0; i < 3; i++) {
      const refused = await sendFile(down, bob, text);
      expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "2"]);
      expect(ErrorBody.parse(refused.body).error).toMatch(/^Files cannot be stored/);
      expect(refused.text).not.toMatch(/ECONN|127\.0\.0\.1|bucket|aws|s3/i);
    }
    expect(performance.now() - started).toBeLessThan(5000);
    await down.post(ada, channelId, "text still comes through");
    // None of them was counted against the sender.
    expect((await sendFile(api.with({ ...away, S3_ENDPOINT: s3.endpoint, UPLOADS_PER_HOUR }), bob, text)).status).toBe(
      201,
    );
  });

  it("files that are there can be sent and their addresses be had", async () => {
    const file = await uploadFile(api, ada, text);
    const down = api.with(away);
    const body = { content: "", fileIds: [file.id] };
    await down.call(routes.postMessage, { token: ada.token, params: { id: channelId }, body });
    expect(await addressOf(down, ada, file.url)).toContain("X-Amz-Signature=");
  });

  it("what was not stored takes no room for long", async () => {
    const config = { ...testConfig, FILES_STORAGE: "s3" as const, FILES_BUCKET: bucket, S3_ENDPOINT: s3.endpoint };
    const logger = createLogger("silent");
    await filesCleanUp(createFileStorage(config, logger), incomingFiles(config), logger).run();
    expect(await FileModel.countDocuments({ status: { $ne: "ready" } })).toBe(0);
    const files = await FileModel.find().lean();
    expect(await roomTaken()).toBe(files.reduce((sum, { storedBytes }) => sum + storedBytes, 0));
  });
});

describe("while the disk is full", () => {
  const noSpace = Object.assign(new Error("write failed"), { code: "ENOSPC" });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ["an upload cannot grow", 1],
    ["what has come cannot be kept", 2],
  ])("%s: that is said, nothing stays, and text is sent", async (_, failing) => {
    const onDisk = api.with({ FILES_STORAGE: "disk" });
    let opened = 0;
    const { open } = jest.requireActual<typeof fs>("node:fs/promises");
    jest.spyOn(fs, "open").mockImplementation((file, flags, mode) => {
      if (flags === "wx" && ++opened === failing) return Promise.reject(noSpace);
      return open(file, flags, mode);
    });
    const refused = await sendFile(onDisk, ada, text);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "60"]);
    expect(ErrorBody.parse(refused.body).error).toMatch(/^The server's disk is full/);
    expect(await fs.readdir(incomingFiles(testConfig).folder)).toEqual([]);
    await onDisk.post(ada, channelId, "text still comes through");
  });
});

describe("the disk driver without its files", () => {
  it("says that the file is not there, as an error and not as a file", async () => {
    const onDisk = api.with({ FILES_STORAGE: "disk" });
    const { file } = await postFile(onDisk, ada, channelId, text);
    const address = await addressOf(onDisk, ada, file.url);
    const elsewhere = api.with({ FILES_STORAGE: "disk", FILES_DIRECTORY: "/nonexistent" });
    const lost = await request(elsewhere.app).get(address);
    expect([lost.status, lost.type, ErrorBody.parse(lost.body).code]).toEqual([404, "application/json", "not_found"]);
    expect(lost.headers["content-disposition"]).toBeUndefined();
  });
});
