import { createHash } from "node:crypto";
import type { Me } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import type { Download } from "../../http/download";
import { notFound } from "../../http/errors";
import type { UploadedFile } from "../../http/upload";
import { demandUploadAllowance } from "../files/upload-allowance";
import { presentMe } from "../users/users.presenter";
import { publishUser } from "../users/publish-user";
import { changeUser } from "../users/users.service";
import { avatarImage } from "./avatar-image";
import { AvatarModel } from "../users/avatars.model";

/** The address changes with the picture, so that browsers may keep what they have. */
function urlOf(userId: Types.ObjectId, image: Buffer): string {
  const version = createHash("sha256").update(image).digest("hex").slice(0, 12);
  return `/api/users/${userId.toHexString()}/avatar?v=${version}`;
}

export async function set(
  actor: Actor,
  file: UploadedFile,
  { UPLOADS_PER_HOUR }: Pick<Config, "UPLOADS_PER_HOUR">,
): Promise<{ user: Me }> {
  await demandUploadAllowance(actor.userId.toHexString(), UPLOADS_PER_HOUR);
  const image = await avatarImage(file.bytes);
  await AvatarModel.updateOne({ _id: actor.userId }, { $set: { image } }, { upsert: true });
  const user = await changeUser(actor.userId, { avatarUrl: urlOf(actor.userId, image) });
  // The account was deleted while the picture came: it leaves none behind.
  if (user.deletedAt) return remove(actor);
  publishUser(user);
  return { user: presentMe(user) };
}

export async function remove(actor: Actor): Promise<{ user: Me }> {
  const user = await changeUser(actor.userId, { avatarUrl: null });
  await AvatarModel.deleteOne({ _id: actor.userId });
  publishUser(user);
  return { user: presentMe(user) };
}

export async function findImage(userId: Types.ObjectId | string): Promise<Buffer | undefined> {
  const avatar = await AvatarModel.findById(userId);
  return avatar?.image;
}

export async function get(userId: string): Promise<Download> {
  const image = await findImage(userId);
  if (!image) throw notFound("This picture");
  return { contentType: "image/webp", body: image, cacheControl: "private, max-age=31536000, immutable" };
}
