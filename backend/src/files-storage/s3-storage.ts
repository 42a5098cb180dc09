import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Logger } from "pino";
import type { Config } from "../config";
import { notFound, unavailable } from "../http/errors";
import { demandKey, type ByteRange, type FileStorage, type SignedUrlOptions } from "./file-storage";

/** The least that S3 takes as a part, in bytes; two of them are under way at once, and more of a file is never in memory. */
const partSize = 5 * 1024 * 1024;
const partsAtOnce = 2;

/** Milliseconds: to connect, until an answer to one call begins, and for storing a whole file. */
const patience = { connection: 2_000, answer: 10_000, upload: 120_000 };

/** The settings of the client: AWS's own, or those of a server that speaks the protocol. */
export function s3Settings({ AWS_REGION, S3_ENDPOINT }: Pick<Config, "AWS_REGION" | "S3_ENDPOINT">): S3ClientConfig {
  return {
    region: AWS_REGION,
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: patience.connection,
      requestTimeout: patience.answer,
      throwOnRequestTimeout: true,
    },
    ...(S3_ENDPOINT && {
      endpoint: S3_ENDPOINT,
      forcePathStyle: true,
      // Most other servers refuse the checksums that AWS's client adds of its own accord, or store them as content.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    }),
  };
}

/** A private bucket. Encryption at rest and the end of broken-off uploads are the bucket's own settings. */
export class S3Storage implements FileStorage {
  constructor(
    readonly client: S3Client,
    readonly bucket: string,
    readonly logger: Logger,
  ) {}

  #object(key: string) {
    return { Bucket: this.bucket, Key: `files/${demandKey(key)}` };
  }

  async put(key: string, body: Readable, { type }: { type: string }): Promise<void> {
    const upload = new Upload({
      client: this.client,
      params: { ...this.#object(key), Body: body, ContentType: type },
      partSize,
      queueSize: partsAtOnce,
    });
    const timer = setTimeout(() => void upload.abort(), patience.upload);
    try {
      await upload.done();
    } catch (error) {
      body.destroy();
      throw this.#failure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const part = range && { Range: `bytes=${range.start}-${range.end}` };
    const command = new GetObjectCommand({ ...this.#object(key), ...part });
    try {
      const { Body } = await this.client.send(command);
      return Body as Readable;
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === "NoSuchKey") throw notFound("This file");
      throw this.#failure(error);
    }
  }

  signedUrl(key: string, { seconds, type, disposition, cacheControl }: SignedUrlOptions): Promise<string> {
    const command = new GetObjectCommand({
      ...this.#object(key),
      ResponseContentType: type,
      ResponseContentDisposition: disposition,
      ResponseCacheControl: cacheControl,
    });
    return getSignedUrl(this.client, command, { expiresIn: seconds });
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.#object(key))).catch((error: unknown) => {
      throw this.#failure(error);
    });
  }

  #failure(error: unknown): unknown {
    this.logger.error({ err: error }, "the file storage refused a call");
    return unavailable("Files cannot be stored or read right now. Messages can still be sent; try again in a moment.");
  }
}
