import os from "node:os";
import path from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import type { Logger } from "pino";
import type { Config } from "../config";
import { DiskStorage } from "./disk-storage";
import type { FileStorage } from "./file-storage";
import { IncomingFiles } from "./incoming-files";
import { S3Storage, s3Settings } from "./s3-storage";

type Place = Pick<Config, "FILES_STORAGE" | "FILES_DIRECTORY">;
type Settings = Place & Pick<Config, "FILES_BUCKET" | "AWS_REGION" | "S3_ENDPOINT">;

/** Where uploads grow, before anybody knows what they are: beside the files, or where S3 keeps those, among temporary ones. */
export const incomingFiles = ({ FILES_STORAGE, FILES_DIRECTORY }: Place): IncomingFiles =>
  new IncomingFiles(
    FILES_STORAGE === "disk"
      ? path.resolve(FILES_DIRECTORY, "incoming")
      : path.join(os.tmpdir(), "connectbest-uploads"),
  );

export const createFileStorage = (config: Settings, logger: Logger): FileStorage =>
  config.FILES_STORAGE === "s3"
    ? new S3Storage(new S3Client(s3Settings(config)), config.FILES_BUCKET, logger)
    : new DiskStorage(path.resolve(config.FILES_DIRECTORY), incomingFiles(config), logger);
